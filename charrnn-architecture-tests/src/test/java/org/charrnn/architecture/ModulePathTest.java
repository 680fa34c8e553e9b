package org.charrnn.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The module path: what a project compiles with, and what finds plugins there. */
class ModulePathTest {

  @TempDir private Path folder;

  private final ClassLoader before = Thread.currentThread().getContextClassLoader();

  @AfterEach
  void restoreContext() {
    Thread.currentThread().setContextClassLoader(before);
  }

  /** Module path and scopes of Maven agree. */
  @ParameterizedTest
  @CsvSource({
    "charrnn-graph, org.charrnn.graph, org.charrnn.graph.Graph",
    "charrnn-api, org.charrnn.api, org.charrnn.api.Cell",
    "charrnn-text, org.charrnn.text, org.charrnn.text.LanguageModel",
    "charrnn-cli, org.charrnn.cli, org.charrnn.cli.spi.CommandProvider",
    "charrnn-interchange, org.charrnn.interchange, org.charrnn.interchange.Interchange"
  })
  void moduleOfAUser_compilesWithTheDependenciesOfScopeCompile(
      String artifact, String module, String type) throws IOException {
    Path descriptor =
        Files.writeString(
            folder.resolve("module-info.java"), "module user { requires " + module + "; }");
    Path program =
        Files.writeString(
            Files.createDirectory(folder.resolve("user")).resolve("Program.java"),
            "package user; record Program(" + type + " used) {}");
    StringWriter messages = new StringWriter();
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of(
              "--module-path",
              modulePath(artifact),
              "-d",
              folder.resolve("classes").toString(),
              "-Xlint:all,-requires-automatic,-requires-transitive-automatic,-module",
              "-Werror");
      boolean compiled =
          compiler
              .getTask(
                  messages,
                  files,
                  null,
                  options,
                  null,
                  files.getJavaFileObjects(descriptor, program))
              .call();
      assertTrue(compiled, messages::toString);
    }
  }

  private static String modulePath(String artifact) {
    return CompileScope.of(artifact).stream()
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Each module may have a class loader of its own, and the context may be any other one. */
  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true", "false, false"})
  void pluginsInAModuleLayer_areFound(boolean oneLoader, boolean isContextOfLayer)
      throws ReflectiveOperationException {
    Path[] path =
        Stream.of("charrnn-model-gru", "charrnn-api")
            .flatMap(artifact -> CompileScope.of(artifact).stream())
            .distinct()
            .toArray(Path[]::new);
    ModuleLayer boot = ModuleLayer.boot();
    Configuration configuration =
        boot.configuration()
            .resolve(ModuleFinder.of(path), ModuleFinder.of(), Set.of("org.charrnn.model.gru"));
    ClassLoader parent = ClassLoader.getPlatformClassLoader();
    ModuleLayer layer =
        oneLoader
            ? boot.defineModulesWithOneLoader(configuration, parent)
            : boot.defineModulesWithManyLoaders(configuration, parent);
    ClassLoader api = layer.findLoader("org.charrnn.api");
    Thread.currentThread().setContextClassLoader(isContextOfLayer ? api : before);
    Class<?> plugins = api.loadClass("org.charrnn.api.discovery.Plugins");
    Object cells = plugins.getMethod("cells").invoke(null);
    assertEquals(List.of("gru", "gru-reset-after"), plugins.getMethod("names").invoke(cells));
  }
}

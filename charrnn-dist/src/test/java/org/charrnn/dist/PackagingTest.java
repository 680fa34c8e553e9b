package org.charrnn.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application on the module path, in a linked image and in one jar, as docs/api.md says. */
class PackagingTest {

  private static final String DEPENDENCY =
      String.format(
          Locale.ROOT,
          """
          <dependencies>
            <dependency>
              <groupId>org.charrnn</groupId>
              <artifactId>charrnn</artifactId>
              <version>%s</version>
            </dependency>
          </dependencies>
          """,
          Build.VERSION);

  private static final String DESCRIPTOR =
      """
      module org.example.app {
        requires org.charrnn.text;
      }
      """;

  private static final String PROGRAM =
      """
      package org.example.app;

      import java.nio.file.Files;
      import java.nio.file.Path;
      import org.charrnn.api.discovery.Plugins;
      import org.charrnn.text.CharRnn;
      import org.charrnn.text.LanguageModel;
      import org.charrnn.text.config.TrainingConfig;
      import org.charrnn.text.corpus.Corpus;
      import org.charrnn.text.generation.GenerationRequest;

      public final class Main {
        public static void main(String[] args) throws Exception {
          CharRnn charRnn = CharRnn.create();
          System.out.println(charRnn.accelerator().name());
          System.out.println(Plugins.cells().names());
          System.out.println(Plugins.optimizers().names());
          Path text = Files.writeString(Path.of("text.txt"), "选择一条路。\\n".repeat(500));
          TrainingConfig config =
              TrainingConfig.builder()
                  .model(it -> it.hiddenSize(16))
                  .run(it -> it.epochs(1))
                  .build();
          try (LanguageModel model = charRnn.train(Corpus.read(text), config)) {
            model.save(Path.of("model.ckpt"));
          }
          try (LanguageModel model = charRnn.load(Path.of("model.ckpt"))) {
            System.out.println(model.generate(GenerationRequest.greedy("选", 5)).length());
          }
        }
      }
      """;

  private static final String PLUGINS =
      """
      [gru, gru-reset-after, lstm, min-gru, min-lstm, mogrifier-lstm, rnn, sru]
      [adagrad, adagrad-epsilon-outside, adam, adamw, rmsprop, sgd]
      6
      """;

  private static final Pattern LOG_LINE = Pattern.compile("^WARNING: |^INFO: |Accelerators log$");

  @TempDir private Path folder;

  @Test
  void modulePath_findsAllPlugins_andSoDoesALinkedImage() throws Exception {
    ScratchProject project = new ScratchProject(folder, DEPENDENCY, "");
    project.write("module-info.java", DESCRIPTOR);
    project.write("org/example/app/Main.java", PROGRAM);
    List<String> commands =
        Pages.blocks("docs/api.md", "sh", "target/dependency").stream()
            .flatMap(String::lines)
            .toList();
    assertEquals(4, commands.size(), commands::toString);
    project.maven(words(commands.getFirst())).requireSuccess();
    assertRuns("java-vector", jdk(commands.get(1)));
    assertRuns("java", jdk(commands.get(1).replace("--add-modules jdk.incubator.vector ", "")));
    jdk(commands.get(2)).requireSuccess();
    Path java = folder.resolve("target/image/bin/java");
    assertRuns("java-vector", run(java, words(commands.get(3))));
  }

  @Test
  void oneJar_findsAllPlugins() throws Exception {
    ScratchProject project =
        new ScratchProject(
            folder, DEPENDENCY, Pages.block("docs/api.md", "xml", "maven-shade-plugin"));
    project.write("org/example/app/Main.java", PROGRAM);
    project.maven("package").requireSuccess();
    Path java = Build.JAVA_HOME.resolve("bin/java");
    assertRuns("java", run(java, "-jar", "target/scratch-1.jar"));
    assertRuns(
        "java-vector",
        run(java, "--add-modules", "jdk.incubator.vector", "-jar", "target/scratch-1.jar"));
  }

  private static void assertRuns(String accelerator, Programs.Result result) {
    String output = result.requireSuccess().output();
    String printed =
        output
            .lines()
            .filter(line -> !LOG_LINE.matcher(line).find())
            .collect(Collectors.joining("\n", "", "\n"));
    assertEquals(accelerator + "\n" + PLUGINS, printed, output);
  }

  /** The arguments of a command. */
  private static String[] words(String command) {
    String[] words = command.split(" ");
    return Arrays.copyOfRange(words, 1, words.length);
  }

  private Programs.Result jdk(String command) throws Exception {
    String line = command.replace(":", File.pathSeparator);
    return Programs.jdk(folder, line.substring(0, line.indexOf(' ')), List.of(words(line)));
  }

  private Programs.Result run(Path java, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(java.toString()));
    command.addAll(List.of(arguments));
    return Programs.run(folder, Map.of(), command);
  }
}

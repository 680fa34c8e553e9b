package org.charrnn.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * The jars and folders that Maven gives to the compiler of a project that depends on a module: that
 * module and its dependencies of scope compile, at any depth, as the poms declare them.
 */
final class CompileScope {

  private static final Path ROOT = Path.of("..");

  private final Map<String, Path> places = new LinkedHashMap<>();

  private CompileScope() {}

  /** The places of a module of this project and of its dependencies. */
  static List<Path> of(String module) {
    CompileScope scope = new CompileScope();
    scope.add(module);
    return List.copyOf(scope.places.values());
  }

  private void add(String artifact) {
    if (places.containsKey(artifact)) {
      return;
    }
    Path place = place(artifact);
    places.put(artifact, place);
    dependencies(pom(artifact, place)).forEach(this::add);
    if (isOurs(artifact)) {
      dependencies(ROOT.resolve("pom.xml")).forEach(this::add);
    }
  }

  private static boolean isOurs(String artifact) {
    return artifact.startsWith("charrnn-");
  }

  /** Where it is on the class path of the tests, which has all of them. */
  private static Path place(String artifact) {
    return Stream.of(
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                .split(System.getProperty("path.separator")))
        .map(Path::of)
        .filter(path ->
            isOurs(artifact)
                ? path.startsWith(ROOT.resolve(artifact).toAbsolutePath().normalize())
                : String.valueOf(path.getFileName()).matches(artifact + "-[0-9][^/]*\\.jar"))
        .findFirst()
        .orElseThrow(() -> new AssertionError(artifact + " is not on the class path"));
  }

  private static Path pom(String artifact, Path place) {
    return isOurs(artifact)
        ? ROOT.resolve(artifact).resolve("pom.xml")
        : place.resolveSibling(String.valueOf(place.getFileName()).replaceFirst("\\.jar$", ".pom"));
  }

  private static List<String> dependencies(Path pom) {
    List<String> dependencies = new ArrayList<>();
    for (Element parent : children(project(pom), "dependencies")) {
      for (Element dependency : children(parent, "dependency")) {
        if (text(dependency, "scope", "compile").equals("compile")
            && text(dependency, "optional", "false").equals("false")) {
          dependencies.add(text(dependency, "artifactId", ""));
        }
      }
    }
    return dependencies;
  }

  private static Element project(Path pom) {
    try (var in = Files.newInputStream(pom)) {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(in)
          .getDocumentElement();
    } catch (IOException | SAXException | ParserConfigurationException e) {
      throw new IllegalStateException("cannot read " + pom, e);
    }
  }

  private static String text(Element parent, String name, String absent) {
    List<Element> found = children(parent, name);
    return found.isEmpty() ? absent : found.getFirst().getTextContent().strip();
  }

  private static List<Element> children(Element parent, String name) {
    return IntStream.range(0, parent.getChildNodes().getLength())
        .<Node>mapToObj(parent.getChildNodes()::item)
        .filter(node -> node instanceof Element element && element.getTagName().equals(name))
        .map(Element.class::cast)
        .toList();
  }
}

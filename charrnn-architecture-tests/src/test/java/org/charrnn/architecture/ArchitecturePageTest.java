package org.charrnn.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.charrnn.api.network.Architecture;
import org.charrnn.api.network.Network;
import org.charrnn.api.network.StateResets;
import org.charrnn.model.gru.GruCell;
import org.junit.jupiter.api.Test;

/**
 * ARCHITECTURE.md agrees with the code: its modules exist, and its program is the one that the
 * compiler produces. To update the program after a change of the compiler: {@code mvn test -pl
 * charrnn-architecture-tests -am -Dtest=ArchitecturePageTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dcharrnn.docs=write}.
 */
class ArchitecturePageTest {

  private static final Path ROOT = Path.of("..");
  private static final Path PAGE = ROOT.resolve("ARCHITECTURE.md");
  private static final Pattern PROGRAM =
      Pattern.compile("```text\n(program.*?)```", Pattern.DOTALL);
  private static final Pattern MODULE_ROW = Pattern.compile("(?m)^\\| (charrnn(?:-[a-z-]+)?) \\|");

  @Test
  void program_isWhatTheCompilerProduces() throws IOException {
    String compiled =
        new Network(new Architecture(7, 0, 4, 1, false), new GruCell())
            .evaluate(3, 2, StateResets.NONE)
            .toString();
    if ("write".equals(System.getProperty("charrnn.docs"))) {
      String block = Matcher.quoteReplacement("```text\n" + compiled + "```");
      Files.writeString(PAGE, PROGRAM.matcher(Files.readString(PAGE)).replaceFirst(block));
    }
    Matcher printed = PROGRAM.matcher(Files.readString(PAGE));
    assertTrue(printed.find(), "ARCHITECTURE.md prints no program");
    assertEquals(
        compiled, printed.group(1), "the Javadoc of this test says how to update ARCHITECTURE.md");
  }

  @Test
  void modulesOfTheTable_areThoseOfTheRepository() throws IOException {
    Set<String> inTheTable =
        MODULE_ROW
            .matcher(Files.readString(PAGE))
            .results()
            .map(row -> row.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    try (Stream<Path> folders = Files.list(ROOT)) {
      Set<String> inTheRepository =
          folders
              .filter(folder -> Files.exists(folder.resolve("pom.xml")))
              .map(folder -> folder.getFileName().toString())
              .filter(name -> name.startsWith("charrnn"))
              .collect(Collectors.toCollection(TreeSet::new));
      assertEquals(inTheRepository, inTheTable);
    }
  }
}

package org.charrnn.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** CONTRIBUTING.md maps tasks to files that exist. */
class ContributorMapTest {

  private static final Path ROOT = Path.of("..");
  private static final String SOURCES = "src/main/java/org/charrnn";
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| ((?:new|change of) [^|]+) \\| (.+) \\|$");
  private static final Pattern FILE =
      Pattern.compile("`([^` ]+\\.[a-zA-Z]+|[^` ]+/services/[^` ]+)`");
  private static final int MIN_ROWS = 12;

  @Test
  void files_exist() throws IOException {
    List<String> missing = new ArrayList<>();
    List<MatchResult> rows =
        ROW.matcher(Files.readString(ROOT.resolve("CONTRIBUTING.md"))).results().toList();
    assertTrue(rows.size() >= MIN_ROWS, "only " + rows.size() + " rows");
    for (MatchResult row : rows) {
      List<String> files = FILE.matcher(row.group(2)).results().map(file -> file.group(1)).toList();
      assertTrue(files.size() >= 2, () -> "fewer than two files: " + row.group(1));
      files.stream()
          .map(file -> file.replace("…", SOURCES))
          .filter(file -> !Files.isRegularFile(ROOT.resolve(file)))
          .forEach(file -> missing.add(row.group(1) + ": " + file));
    }
    assertEquals(List.of(), missing);
  }
}

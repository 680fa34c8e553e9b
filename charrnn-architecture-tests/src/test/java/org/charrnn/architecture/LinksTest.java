package org.charrnn.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links and pictures of the pages lead to files of the repository, and to headings in them. */
class LinksTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern LINK =
      Pattern.compile("\\]\\(([^)\\s]+)\\)|(?:src|srcset|href)=\"([^\"]+)\"");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
  private static final Pattern FILE =
      Pattern.compile("(?<![\\w./-])(?:benchmarks|bin|docs|examples|\\.ci)/[\\w./-]*\\w");
  private static final int MIN_LINKS = 30;
  private static final int MIN_FILES = 10;

  @Test
  void relativeLinks_leadSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    int seen = 0;
    for (Path page : pages()) {
      List<String> links =
          LINK.matcher(Files.readString(page))
              .results()
              .map(link -> link.group(1) != null ? link.group(1) : link.group(2))
              .filter(link -> !link.contains("://"))
              .toList();
      for (String link : links) {
        if (!leadsSomewhere(page, link)) {
          broken.add(page + ": " + link);
        }
      }
      seen += links.size();
    }
    assertEquals(List.of(), broken);
    assertTrue(seen >= MIN_LINKS, "only " + seen + " links were found");
  }

  @Test
  void filesThatAreNamed_exist() throws IOException {
    Set<String> named = new TreeSet<>();
    for (Path page : pages()) {
      FILE.matcher(Files.readString(page))
          .results()
          .map(MatchResult::group)
          .filter(name -> !name.contains("/target/"))
          .forEach(named::add);
    }
    assertTrue(named.size() >= MIN_FILES, named::toString);
    named.removeIf(name -> Files.exists(ROOT.resolve(name)));
    assertEquals(Set.of(), named);
  }

  private static boolean leadsSomewhere(Path page, String link) throws IOException {
    int hash = link.indexOf('#');
    String file = hash < 0 ? link : link.substring(0, hash);
    Path target =
        file.isEmpty()
            ? page
            : page.resolveSibling(URLDecoder.decode(file, StandardCharsets.UTF_8));
    if (!Files.exists(target)) {
      return false;
    }
    return hash < 0
        || HEADING
            .matcher(Files.readString(target))
            .results()
            .anyMatch(heading -> anchor(heading.group(1)).equals(link.substring(hash + 1)));
  }

  /** The anchor that GitHub gives to a heading. */
  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      return Stream.concat(top, docs).filter(path -> path.toString().endsWith(".md")).toList();
    }
  }
}

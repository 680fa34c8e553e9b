package org.charrnn.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;

/** Code of the pages. */
final class Pages {

  private static final Pattern BLOCK = Pattern.compile("```(\\w+)\n(.*?)```", Pattern.DOTALL);

  private Pages() {}

  /** The blocks of a language that contain a text; at least one. */
  static List<String> blocks(String page, String language, String text) throws IOException {
    List<String> blocks =
        BLOCK
            .matcher(Files.readString(Build.ROOT.resolve(page)))
            .results()
            .filter(block -> block.group(1).equals(language) && block.group(2).contains(text))
            .map(block -> block.group(2))
            .toList();
    if (blocks.isEmpty()) {
      throw new AssertionError(page + " has no block of " + language + " with " + text);
    }
    return blocks;
  }

  /** The first of them. */
  static String block(String page, String language, String text) throws IOException {
    return blocks(page, language, text).getFirst();
  }
}

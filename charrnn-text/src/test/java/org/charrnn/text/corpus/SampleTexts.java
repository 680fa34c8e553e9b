package org.charrnn.text.corpus;

import java.util.List;
import org.charrnn.api.SeededRandom;

/** Texts that are hard to cut. */
public final class SampleTexts {

  private static final List<String> SCRAPS =
      List.of(
          "a",
          "word",
          "选",
          "择题",
          "é",
          "\ud840\udc00",
          "😀",
          " ",
          "\t",
          "\uFEFF",
          "\n",
          "\r\n",
          "\r",
          "\r\r\n",
          "\n\n");

  private SampleTexts() {}

  /** Characters of one to four bytes, and all ends of lines, in no order. */
  public static String mixed(int scraps, long seed) {
    SeededRandom random = new SeededRandom(seed);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < scraps; i++) {
      text.append(SCRAPS.get(random.nextInt(SCRAPS.size())));
    }
    return text.toString();
  }
}

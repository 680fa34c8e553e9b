package org.charrnn.api.discovery;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.charrnn.api.Tokenizer;

/**
 * A tokenizer whose contract is checked at each call. The symbols of a text are joined again, which
 * must give the text; a long text is split in parts, so that this takes little memory.
 *
 * @param guard reports its faults
 * @param tokenizer the tokenizer
 */
record GuardedTokenizer(Guard guard, Tokenizer tokenizer) implements Tokenizer {

  private static final int PART_LENGTH = 1 << 16;

  @Override
  public String name() {
    return guard.name();
  }

  @Override
  public void split(String text, Consumer<String> symbols) {
    for (int from = 0; from < text.length(); ) {
      int to = end(text, from);
      splitPart(text.substring(from, to)).forEach(symbols);
      from = to;
    }
  }

  /** The end of a part that can be split independently of the text after it. */
  private int end(String text, int from) {
    for (long length = PART_LENGTH; from + length < text.length(); length *= 2) {
      int cut = cut(text.substring(from, beforePair(text, (int) (from + length))));
      if (cut > 0) {
        return from + cut;
      }
    }
    return text.length();
  }

  private static int beforePair(String text, int index) {
    return isInsidePair(text, index) ? index - 1 : index;
  }

  private List<String> splitPart(String text) {
    List<String> symbols = new ArrayList<>();
    guard.run("split", () -> tokenizer.split(text, symbols::add));
    for (String symbol : symbols) {
      guard.require(symbol != null && !symbol.isEmpty(), () -> "split delivered an empty symbol");
      guard.require(isWellFormed(symbol), () -> "split delivered one half of a surrogate pair");
    }
    guard.require(
        join(symbols).equals(text),
        () ->
            "the symbols of a text, joined, are not the text, near: "
                + text.substring(0, Math.min(text.length(), 40)));
    return symbols;
  }

  private static boolean isWellFormed(String symbol) {
    for (int i = 0; i < symbol.length(); i++) {
      if (Character.isSurrogate(symbol.charAt(i)) && !isInsidePair(symbol, ++i)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int cut(String text) {
    int cut = guard.call("cut", () -> tokenizer.cut(text));
    guard.require(
        cut >= 0 && cut <= text.length() && !isInsidePair(text, cut),
        () -> "cut of a text of length " + text.length() + " returned " + cut);
    return cut;
  }

  private static boolean isInsidePair(String text, int index) {
    return index > 0
        && index < text.length()
        && Character.isSurrogatePair(text.charAt(index - 1), text.charAt(index));
  }

  @Override
  public String join(List<String> symbols) {
    return guard.call("join", () -> tokenizer.join(symbols));
  }
}

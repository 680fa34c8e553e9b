package org.charrnn.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.charrnn.api.SeededRandom;
import org.charrnn.api.Tokenizer;
import org.charrnn.api.discovery.Plugins;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The requirements for every tokenizer. Extend this class in the tests of the tokenizer and return
 * a new one from {@link #tokenizer()}.
 *
 * <p><b>Thread safety.</b> None: JUnit runs the tests of a class on one thread.
 */
@DisplayName("Tokenizer contract")
public abstract class TokenizerContract {

  /** For subclasses. */
  protected TokenizerContract() {}

  /** {@return the tokenizer under test, a new instance for each call} */
  protected abstract Tokenizer tokenizer();

  static Stream<Arguments> texts() {
    return Stream.of(
        argumentSet("empty", ""),
        argumentSet("one character", "x"),
        argumentSet("ASCII", "A plain line, with 2 numbers (42 and 7) and a tab\there.\n"),
        argumentSet("only spaces and newlines", "  \n\n \t \n"),
        argumentSet("no newline at the end", "first\nsecond\nthird"),
        argumentSet("CRLF", "first\r\nsecond\r\n\r\nfourth\rfifth\n\rsixth"),
        argumentSet("Chinese", "选择是一件难事。\n走这条路，还是那条路？\n　　想好了再说。"),
        argumentSet("beyond the basic plane", "𠮷野家的𪚥字，𝄞 and 𝔸\n"),
        argumentSet("emoji", "a 😀 b 👩‍👩‍👧‍👦 c 🇨🇳🇫🇷 d 👍🏽\n😀😀"),
        argumentSet(
            "combining marks", "e\u0301 a\u0308\u0323 \u0301 and nothing before it\u200d\n\u0301"),
        argumentSet(
            "right to left and marks", "\ufeff\u202eabc\u202c שלום עולם\u2028next\u0085last"),
        argumentSet("controls", "\u0000\u0001\u007f\ufffd\uffff\n\u0000"),
        argumentSet("random code points", random(2000)));
  }

  /** Well-formed text from all planes, with some newlines. */
  private static String random(int codePoints) {
    SeededRandom random = new SeededRandom(17);
    StringBuilder text = new StringBuilder();
    while (text.codePointCount(0, text.length()) < codePoints) {
      int codePoint = random.nextInt(random.nextBoolean() ? 0x300 : Character.MAX_CODE_POINT + 1);
      boolean surrogate =
          codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
      text.appendCodePoint(surrogate || random.nextInt(20) == 0 ? '\n' : codePoint);
    }
    return text.toString();
  }

  @Test
  void name_isValid() {
    PluginRules.requireValidName(this::tokenizer);
  }

  @Test
  void tokenizer_isRegistered() {
    PluginRules.requireRegistered(Plugins.tokenizers(), tokenizer());
  }

  @ParameterizedTest
  @MethodSource("texts")
  void join_ofSplit_isTheText(String text) {
    assertEquals(text, tokenizer().join(split(text)));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void split_deliversNoEmptySymbol(String text) {
    assertFalse(split(text).contains(""), "an empty symbol");
  }

  @ParameterizedTest
  @MethodSource("texts")
  void split_deliversSymbolsThatCanBeStored(String text) {
    for (String symbol : split(text)) {
      String stored = new String(symbol.getBytes(UTF_8), UTF_8);
      assertEquals(symbol, stored, "half of a surrogate pair cannot be stored as UTF-8");
    }
  }

  @ParameterizedTest
  @MethodSource("texts")
  void split_twice_deliversTheSame(String text) {
    Tokenizer tokenizer = tokenizer();
    List<String> first = new ArrayList<>();
    tokenizer.split(text, first::add);
    List<String> again = new ArrayList<>();
    tokenizer.split(text, again::add);
    assertEquals(first, again);
    assertEquals(first, split(text), "another instance");
  }

  @ParameterizedTest
  @MethodSource("texts")
  void split_lineByLine_isTheSame(String text) {
    List<String> byLine = new ArrayList<>();
    for (int start = 0; start < text.length(); ) {
      int newline = text.indexOf('\n', start);
      int end = newline < 0 ? text.length() : newline + 1;
      tokenizer().split(text.substring(start, end), byLine::add);
      start = end;
    }
    assertEquals(split(text), byLine);
  }

  /** The tokenizer cuts a prefix of a text at a place that is right for every continuation. */
  @ParameterizedTest
  @MethodSource("texts")
  void cut_splitsEqually(String text) {
    List<String> whole = split(text);
    int step = Math.max(1, text.length() / 300);
    for (int length = 0; length <= text.length(); length += step) {
      if (!isInsidePair(text, length)) {
        assertEquals(whole, splitAtCut(text, length), "cut of a prefix of length " + length);
      }
    }
  }

  private List<String> splitAtCut(String text, int prefixLength) {
    int cut = tokenizer().cut(text.substring(0, prefixLength));
    assertTrue(
        cut >= 0 && cut <= prefixLength,
        () -> "a prefix of length " + prefixLength + " is cut at " + cut);
    assertFalse(isInsidePair(text, cut), "a cut inside a surrogate pair");
    List<String> symbols = new ArrayList<>(split(text.substring(0, cut)));
    symbols.addAll(split(text.substring(cut)));
    return symbols;
  }

  private static boolean isInsidePair(String text, int index) {
    return index > 0
        && index < text.length()
        && Character.isSurrogatePair(text.charAt(index - 1), text.charAt(index));
  }

  /** A text that is longer than memory is read line by line. */
  @ParameterizedTest
  @MethodSource("texts")
  void cut_reachesTheEndOfTheLastLine(String text) {
    int lines = text.lastIndexOf('\n') + 1;
    int cut = tokenizer().cut(text);
    assertTrue(cut >= lines, () -> "cut at " + cut + ", the last line ends at " + lines);
  }

  private List<String> split(String text) {
    List<String> symbols = new ArrayList<>();
    tokenizer().split(text, symbols::add);
    return symbols;
  }
}

package org.charrnn.text.encoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.charrnn.api.Tokenizer;
import org.charrnn.text.config.DocumentConfig;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.ReadingDirection;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.corpus.WordTokenizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentsTest {

  /** The text with a bar before each symbol that begins a document. */
  private static String marked(
      String text,
      Tokenizer tokenizer,
      Optional<String> begin,
      DocumentConfig.Separator separator) {
    Vocabulary vocabulary = Vocabularies.of(text, tokenizer, Vocabulary.Order.CODE_POINT);
    Documents documents = Documents.of(vocabulary, begin, separator, ReadingDirection.FORWARD);
    int[] ids = new Encoder(vocabulary, tokenizer).encode(text);
    StringBuilder marked = new StringBuilder();
    for (int i = 0; i < ids.length; i++) {
      marked.append(documents.beginAt(ids, i, 0) ? "|" : "").append(vocabulary.symbol(ids[i]));
    }
    return marked.toString();
  }

  /** The text with a bar after each symbol that is the first one of a document read backward. */
  private static String markedBackward(
      String text,
      Tokenizer tokenizer,
      Optional<String> begin,
      DocumentConfig.Separator separator) {
    Vocabulary vocabulary = Vocabularies.of(text, tokenizer, Vocabulary.Order.CODE_POINT);
    Documents documents = Documents.of(vocabulary, begin, separator, ReadingDirection.BACKWARD);
    int[] ids =
        ReadingDirection.BACKWARD.inReadingOrder(new Encoder(vocabulary, tokenizer).encode(text));
    StringBuilder marked = new StringBuilder();
    for (int i = 0; i < ids.length; i++) {
      marked.insert(0, documents.beginAt(ids, i, 0) ? "|" : "");
      marked.insert(0, vocabulary.symbol(ids[i]));
    }
    return marked.toString();
  }

  private static String escaped(String text) {
    return text.replace("n", "\n").replace("r", "\r");
  }

  /** n stands for a line feed, r for a carriage return. */
  @ParameterizedTest
  @CsvSource({
    "anbnnc, anbnn|c",
    "annbncnnnnd, ann|bncnnnn|d",
    "nnab, nn|ab", // lines without anything at the beginning
    "nab, nab",
    "ann, ann",
    "an nb, an nb", // a space is not nothing
    "arnbrnrnc, arnbrnrn|c",
    "arbrrc, arbrrc", // carriage returns alone are no line ends here
    "anrnrnb, anrnrn|b",
    "abc, abc"
  })
  void beginAt_blankLine(String text, String expected) {
    assertEquals(
        escaped(expected),
        marked(
            escaped(text),
            new CodePointTokenizer(),
            Optional.empty(),
            DocumentConfig.Separator.BLANK_LINE));
    assertEquals(
        escaped(expected),
        marked(
            escaped(text),
            new WordTokenizer(),
            Optional.empty(),
            DocumentConfig.Separator.BLANK_LINE));
  }

  @Test
  void beginAt_symbol() {
    assertEquals(
        "|^ab\n|^c|^d\n\n|^e\n\nf",
        marked(
            "^ab\n^c^d\n\n^e\n\nf",
            new CodePointTokenizer(),
            Optional.of("^"),
            DocumentConfig.Separator.NONE));
  }

  @Test
  void beginAt_either() {
    assertEquals(
        "|^a|^b\n\n|c",
        marked(
            "^a^b\n\nc",
            new CodePointTokenizer(),
            Optional.of("^"),
            DocumentConfig.Separator.BLANK_LINE));
  }

  /** n stands for a line feed, r for a carriage return. */
  @ParameterizedTest
  @CsvSource({
    "anbnnc, anb|nnc",
    "annbncnnnnd, a|nnbnc|nnnnd",
    "abnn, ab|nn",
    "an nb, an nb",
    "arnbrnrnc, arnb|rnrnc",
    "abc, abc"
  })
  void beginAt_blankLine_backward(String text, String expected) {
    assertEquals(
        escaped(expected),
        markedBackward(
            escaped(text),
            new CodePointTokenizer(),
            Optional.empty(),
            DocumentConfig.Separator.BLANK_LINE));
  }

  @Test
  void beginAt_symbol_backward() {
    assertEquals(
        "^ab\n|^c|^d",
        markedBackward(
            "^ab\n^c^d",
            new CodePointTokenizer(),
            Optional.of("^"),
            DocumentConfig.Separator.NONE));
  }

  /** Ids before the known part do not count. */
  @Test
  void beginAt_knowsNothingBeforeTheFirst() {
    Vocabulary vocabulary =
        Vocabularies.of("a\n", new CodePointTokenizer(), Vocabulary.Order.CODE_POINT);
    Documents documents =
        Documents.of(
            vocabulary,
            Optional.empty(),
            DocumentConfig.Separator.BLANK_LINE,
            ReadingDirection.FORWARD);
    int[] ids = {0, 0, 1};
    assertTrue(documents.beginAt(ids, 2, 0));
    assertFalse(documents.beginAt(ids, 2, 1));
  }

  @Test
  void of_symbolThatIsNone() {
    Vocabulary vocabulary =
        Vocabularies.of("ab", new CodePointTokenizer(), Vocabulary.Order.CODE_POINT);
    for (String begin : new String[] {"c", "ab"}) {
      var e =
          assertThrows(
              InvalidOptionException.class,
              () ->
                  Documents.of(
                      vocabulary,
                      Optional.of(begin),
                      DocumentConfig.Separator.NONE,
                      ReadingDirection.FORWARD));
      assertEquals("documentBegin", e.option());
      assertEquals(
          "documentBegin must be one symbol that occurs in the text: " + begin, e.getMessage());
    }
  }

  @Test
  void none_isKnownNowhere() {
    assertFalse(Documents.NONE.areKnown());
  }

  /** The ids before a window are used wherever it begins, in each stream. */
  @Test
  void windows_kept() {
    String text = "ab\n\ncd\n\n\nef\ng\n\nhi\n\nj".repeat(3);
    Vocabulary vocabulary =
        Vocabularies.of(text, new CodePointTokenizer(), Vocabulary.Order.CODE_POINT);
    int[] ids = new Encoder(vocabulary, new CodePointTokenizer()).encode(text);
    Documents documents =
        Documents.of(
            vocabulary,
            Optional.empty(),
            DocumentConfig.Separator.BLANK_LINE,
            ReadingDirection.FORWARD);
    for (int steps = 1; steps < 7; steps++) {
      Windows windows = new Windows(Ids.of(ids), steps, 3, documents);
      int span = ids.length / 3;
      for (int window = 0; window < windows.count(); window++) {
        float[] kept = new float[3 * steps];
        windows.fill(window, new int[kept.length], new int[kept.length], kept);
        float[] expected = new float[kept.length];
        for (int i = 0; i < expected.length; i++) {
          int position = i % 3 * span + window * steps + i / 3;
          expected[i] = documents.beginAt(ids, position, 0) ? 0 : 1;
        }
        assertArrayEquals(expected, kept);
      }
    }
  }
}

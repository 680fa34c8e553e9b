package org.charrnn.text.corpus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.charrnn.api.Tokenizer;
import org.charrnn.text.corpus.Vocabulary.Entry;
import org.charrnn.text.encoding.CodePointTokenizer;
import org.charrnn.text.encoding.Encoder;
import org.charrnn.text.encoding.Vocabularies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VocabularyTest {

  private static final Tokenizer TOKENIZER = new CodePointTokenizer();

  private static Vocabulary of(String text, Vocabulary.Order order) {
    return Vocabularies.of(text, TOKENIZER, order);
  }

  private static Vocabulary of(String text) {
    return of(text, Vocabulary.Order.CODE_POINT);
  }

  private static String message(String text, String symbol) {
    return assertThrows(UnknownSymbolException.class, () -> of(text).id(symbol)).getMessage();
  }

  @Test
  void codePointOrder_isNotThatOfUtf16() {
    // U+FF0C has a greater UTF-16 unit than the surrogates of U+20000, but is a smaller code point.
    assertEquals(
        List.of(new Entry("a", 2), new Entry("，", 1), new Entry("\ud840\udc00", 1)),
        of("a\ud840\udc00，a").entries());
  }

  @Test
  void frequencyOrder_tiesAreSortedByCodePoint() {
    assertEquals(
        List.of(new Entry("c", 3), new Entry("a", 2), new Entry("b", 2), new Entry("d", 1)),
        of("cbcbcaad", Vocabulary.Order.FREQUENCY).entries());
  }

  @Test
  void encode_decode() {
    Vocabulary vocabulary = of("春风又绿江南岸");
    int[] ids = new Encoder(vocabulary, TOKENIZER).encode("江南春");
    assertArrayEquals(new int[] {vocabulary.id("江"), vocabulary.id("南"), vocabulary.id("春")}, ids);
    assertEquals("江南春", vocabulary.decode(ids, TOKENIZER));
  }

  @Test
  void find_unknownIsEmptyAndNotTheFirst() {
    assertTrue(of("ab").find("c").isEmpty());
    assertEquals(0, of("ab").find("a").orElseThrow());
  }

  @Test
  void encode_unknownSymbol() {
    Vocabulary vocabulary = of("春风风雨雨雨");
    var e =
        assertThrows(
            UnknownSymbolException.class, () -> new Encoder(vocabulary, TOKENIZER).encode("春选"));
    assertEquals("选", e.symbol());
    assertEquals(
        "'选' (U+9009) is not in the vocabulary: it does not occur in the training text."
            + " Use symbols that occur there, for example '雨' '风' '春';"
            + " or train on a text that contains it.",
        e.getMessage());
  }

  /** Another width, case or accent of the same character is proposed. */
  @ParameterizedTest
  @CsvSource({"春，, ',', ，", "a, A, a", "A, a, A", "ae, é, e", "a!, ！, !", "é, e\u0301, é"})
  void unknownSymbol_otherFormIsProposed(String text, String symbol, String proposed) {
    String message = message(text, symbol);
    assertTrue(message.contains("Similar symbols that do: '" + proposed + "'."), message);
  }

  @Test
  void unknownSymbol_withoutOtherFormNothingIsProposed() {
    assertFalse(message("ab", "选").contains("Similar"));
  }

  @Test
  void unknownSymbol_invisibleOnesAreShownByTheirNumber() {
    assertTrue(message("ab", "\t").startsWith("U+0009 is not in the vocabulary:"));
    assertFalse(message("a\n\n\n", "b").contains("'\n'"));
  }

  @Test
  void of_sameSymbolTwice() {
    List<Entry> twice = List.of(new Entry("a", 1), new Entry("a", 2));
    var e = assertThrows(IllegalArgumentException.class, () -> Vocabulary.of(twice));
    assertTrue(e.getMessage().contains("'a' (U+0061)"), e.getMessage());
  }

  @Test
  void entry_withoutSymbolOrWithNegativeCount() {
    assertThrows(IllegalArgumentException.class, () -> new Entry("", 1));
    assertThrows(IllegalArgumentException.class, () -> new Entry("a", -1));
  }

  @Test
  void equals_bySymbolsCountsAndOrder() {
    assertEquals(of("aab"), of("aba"));
    assertFalse(of("aab").equals(of("abb")));
    assertFalse(of("abb").equals(of("abb", Vocabulary.Order.FREQUENCY)));
  }
}

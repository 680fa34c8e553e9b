package org.charrnn.text.decode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.charrnn.text.corpus.CodePointTokenizer;
import org.charrnn.text.corpus.UnknownSymbolException;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.corpus.VocabularyOrder;
import org.charrnn.text.generation.UnknownSymbols;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PromptTest {

  private static final CodePointTokenizer TOKENIZER = new CodePointTokenizer();

  private static String read(String known, String begin, UnknownSymbols policy) {
    Vocabulary vocabulary = Vocabulary.of(known, TOKENIZER, VocabularyOrder.CODE_POINT);
    int[] ids = new Prompt(vocabulary, TOKENIZER).ids(begin, policy);
    return vocabulary.decode(ids, TOKENIZER);
  }

  @ParameterizedTest
  @EnumSource
  void known_isLeftAlone(UnknownSymbols policy) {
    assertEquals("Ａa，,𠮷", read("a Ａ,，𠮷", "Ａa，,𠮷", policy));
  }

  @Test
  void error_tellsTheSymbol() {
    var e =
        assertThrows(UnknownSymbolException.class, () -> read("山水", "山选水", UnknownSymbols.ERROR));
    assertEquals("选", e.symbol());
  }

  @Test
  void skip_leavesOut() {
    assertEquals("山水", read("山水", "x山选水y", UnknownSymbols.SKIP));
    assertEquals("", read("山水", "xy", UnknownSymbols.SKIP));
  }

  @ParameterizedTest
  @CsvSource({
    "a, A, a", // case
    "A, a, A",
    "σ, ς, σ", // which has two lower cases
    "a, Ａ, a", // width and case
    "Ａ, a, Ａ",
    "'，', ',', '，'", // the other width
    "',', '，', ','",
    "カ, ｶ, カ",
    "か, か, か",
    "kg, ㎏, kg", // several symbols for one
    "2, ②, 2",
    "'　', ' ', '　'",
    "' ', '　', ' '",
    "s, ß, ss", // full folding
    "aA, Ａ, A", // the nearest form first
  })
  void similar_takesAForm(String known, String begin, String expected) {
    assertEquals(expected, read(known, begin, UnknownSymbols.SIMILAR));
  }

  @ParameterizedTest
  @CsvSource({"说, 說", "k, ㎏", "a, b"})
  void similar_withoutAForm_isAnError(String known, String begin) {
    var e =
        assertThrows(
            UnknownSymbolException.class, () -> read(known, begin, UnknownSymbols.SIMILAR));
    assertEquals(begin, e.symbol());
  }

  @Test
  void ids_ofALongText() {
    Vocabulary vocabulary = Vocabulary.of("ab", TOKENIZER, VocabularyOrder.CODE_POINT);
    int[] ids = new Prompt(vocabulary, TOKENIZER).ids("ab".repeat(50_000), UnknownSymbols.ERROR);
    assertEquals(100_000, ids.length);
    assertArrayEquals(new int[] {0, 1, 0}, Arrays.copyOf(ids, 3));
  }
}

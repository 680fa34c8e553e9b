package org.charrnn.text.decoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import org.charrnn.text.corpus.TextTooShortException;
import org.charrnn.text.corpus.UnknownSymbolException;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.encoding.CodePointTokenizer;
import org.charrnn.text.encoding.Vocabularies;
import org.charrnn.text.generation.Prompt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PromptEncoderTest {

  private static final CodePointTokenizer TOKENIZER = new CodePointTokenizer();

  private static String read(String known, String prompt, Prompt.UnknownSymbols policy) {
    Vocabulary vocabulary = Vocabularies.of(known, TOKENIZER, Vocabulary.Order.CODE_POINT);
    Prompt typed = new Prompt.Typed(prompt, policy);
    return new PromptEncoder(vocabulary, TOKENIZER).encode(typed).text();
  }

  @ParameterizedTest
  @EnumSource
  void known_isLeftAlone(Prompt.UnknownSymbols policy) {
    assertEquals("Ａa，,𠮷", read("a Ａ,，𠮷", "Ａa，,𠮷", policy));
  }

  @Test
  void error_tellsTheSymbol() {
    var e =
        assertThrows(
            UnknownSymbolException.class, () -> read("山水", "山选水", Prompt.UnknownSymbols.ERROR));
    assertEquals("选", e.symbol());
  }

  @Test
  void skip_leavesOut() {
    assertEquals("山水", read("山水", "x山选水y", Prompt.UnknownSymbols.SKIP));
    assertThrows(TextTooShortException.class, () -> read("山水", "xy", Prompt.UnknownSymbols.SKIP));
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
  void similar_takesAForm(String known, String prompt, String expected) {
    assertEquals(expected, read(known, prompt, Prompt.UnknownSymbols.SIMILAR));
  }

  @ParameterizedTest
  @CsvSource({"说, 說", "k, ㎏", "a, b"})
  void similar_withoutAForm_isAnError(String known, String prompt) {
    var e =
        assertThrows(
            UnknownSymbolException.class, () -> read(known, prompt, Prompt.UnknownSymbols.SIMILAR));
    assertEquals(prompt, e.symbol());
  }

  @Test
  void ids_ofALongText() {
    Vocabulary vocabulary = Vocabularies.of("ab", TOKENIZER, Vocabulary.Order.CODE_POINT);
    int[] ids =
        new PromptEncoder(vocabulary, TOKENIZER).encode(Prompt.of("ab".repeat(50_000))).ids();
    assertEquals(100_000, ids.length);
    assertArrayEquals(new int[] {0, 1, 0}, Arrays.copyOf(ids, 3));
  }

  @ParameterizedTest
  @EnumSource
  void marksAndLineEndings_areReadAsInFiles(Prompt.UnknownSymbols policy) {
    assertEquals("a\nb\n\n", read("ab\n", "\uFEFFa\r\nb\r\n\r", policy));
    assertEquals("a\r\nb", read("ab\r\n", "a\r\nb", policy)); // learned with its carriage returns
  }

  @ParameterizedTest
  @CsvSource({"한글 山, 한글 山", "Café, Café", "ｶﾞ, ｶﾞ"})
  void canonicallyEquivalentPrompts_areTheSamePrompt(String known, String prompt) {
    for (Normalizer.Form form : List.of(Normalizer.Form.NFC, Normalizer.Form.NFD)) {
      String learned = Normalizer.normalize(known, form);
      for (Normalizer.Form typed : List.of(Normalizer.Form.NFC, Normalizer.Form.NFD)) {
        assertEquals(
            learned,
            read(learned, Normalizer.normalize(prompt, typed), Prompt.UnknownSymbols.ERROR));
      }
    }
  }

  @Test
  void encode_ofAnEncodedPrompt_isThatPrompt() {
    Vocabulary vocabulary = Vocabularies.of("山水", TOKENIZER, Vocabulary.Order.CODE_POINT);
    PromptEncoder encoder = new PromptEncoder(vocabulary, TOKENIZER);
    Prompt.Encoded encoded = encoder.encode(new Prompt.Typed("x山x", Prompt.UnknownSymbols.SKIP));
    assertEquals(List.of("'x' (U+0078)"), encoded.replaced());
    assertSame(encoded, encoder.encode(encoded));
    Vocabulary other = Vocabularies.of("山路", TOKENIZER, Vocabulary.Order.CODE_POINT);
    PromptEncoder another = new PromptEncoder(other, TOKENIZER);
    assertThrows(IllegalArgumentException.class, () -> another.encode(encoded));
  }
}

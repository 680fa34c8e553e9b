package org.charrnn.text.unicode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain text, with \\u001B spelled out",
        "two\nlines\tand a tab",
        "a line of Windows\r\n",
        "选择 é 𠀀",
        "👩‍👩‍👧 می‌خواهم", // emoji and Persian use joiners
        "؀١٢٣", // a sign of Arabic
      })
  void escape_keepsText(String text) {
    assertEquals(text, VisibleText.escape(text));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0x00, 0x07, 0x08, 0x0B, 0x0D, 0x1B, 0x7F, 0x85, 0x9B, 0xAD, 0x061C, 0x200B, 0x200E, 0x2028,
        0x2029, 0x202E, 0x2066, 0x2069, 0xFEFF, 0xD800, 0xDC00
      })
  void escape_showsCharactersThatControlTheTerminal(int character) {
    String escaped = "\\u" + HexFormat.of().withUpperCase().toHexDigits((char) character);
    assertEquals("a" + escaped + "b", VisibleText.escape("a" + (char) character + "b"));
  }

  @Test
  void escape_beyondTheBasicPlane_isAPairOfEscapes() {
    assertEquals("\\uDB40\\uDC41", VisibleText.escape("\uDB40\uDC41")); // an invisible letter
  }

  @Test
  void escape_sequence_hasNoEffect() {
    assertEquals("\\u001B]0;title\\u0007", VisibleText.escape("\033]0;title\007"));
  }

  @Test
  void inLine_alsoShowsLineEndsAndTabs() {
    assertEquals("a\\r\\n\\tb", VisibleText.inLine("a\r\n\tb"));
    assertEquals("a\\nb.txt", VisibleText.inLine(Path.of("a\nb.txt")));
  }

  @ParameterizedTest
  @ValueSource(ints = {'a', '选', 0x0600, 0x1F600, 0x0301})
  void isVisible_withAGlyph(int point) {
    assertTrue(VisibleText.isVisible(point));
  }

  @ParameterizedTest
  @ValueSource(ints = {' ', '\n', 0, 0xA0, 0x3000, 0x200D, 0xFEFF, 0xE000, 0x2028, 0xD800})
  void isVisible_withoutAGlyph(int point) {
    assertFalse(VisibleText.isVisible(point));
  }
}

package org.charrnn.text.unicode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordsTest {

  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

  @Test
  void join_quotesSpecialCharacters() {
    assertEquals(
        "charrnn generate 'a b.ckpt' --prompt 'it'\\''s $HOME' 选择 ''",
        ShellWords.join(
            List.of("charrnn", "generate", "a b.ckpt", "--prompt", "it's $HOME", "选择", "")));
  }

  @Test
  void quote_hasNoControlCharacters() {
    assertEquals(
        "$'a\\033[2J\\nb\\'\\\\ \\342\\200\\256'", ShellWords.quote("a\033[2J\nb'\\ \u202E"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        "it's",
        "$HOME `date` \\ \"x\" !1 *",
        "two\nlines\r\n\tend",
        "\033[31mred\033[0m",
        "\u202Eabc\u2028def\uFEFF",
        "\uDB40\uDC41",
        "é选\u0085",
        "it's \007\\"
      })
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no bash")
  void quote_isReadBackByBash(String word) throws Exception {
    String quoted = ShellWords.quote(word);
    assertFalse(INVISIBLE.matcher(quoted).find(), quoted);
    Process bash = new ProcessBuilder("bash").start();
    try (var in = bash.getOutputStream()) {
      in.write(("printf %s " + quoted).getBytes(StandardCharsets.UTF_8));
    }
    assertEquals(word, new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
  }

  /** ESC, U+2028 and a byte order mark would reach the terminal, or vanish when pasted. */
  @Test
  void quote_invisibleCharactersAreEscaped() {
    assertEquals("$'\\033[31m'", ShellWords.quote("\u001b[31m"));
    assertEquals("$'a\\342\\200\\250\\357\\273\\277b c'", ShellWords.quote("a\u2028\uFEFFb c"));
    assertEquals("$'it\\'s\\007'", ShellWords.quote("it's\u0007"));
    assertEquals("$'two\\nlines'", ShellWords.quote("two\nlines"));
    assertEquals("$'b\\t'", ShellWords.quote("b\u0000\t"));
    assertEquals("'a b！'", ShellWords.quote("a b！"));
  }
}

package org.charrnn.text.unicode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShellWordsTest {

  @Test
  void join_quotesSpecialCharacters() {
    assertEquals(
        "charrnn train 'my text.txt' --out '~a.ckpt' --begin 选 'it'\\''s' '' a=1.5e-8",
        ShellWords.join(
            List.of(
                "charrnn",
                "train",
                "my text.txt",
                "--out",
                "~a.ckpt",
                "--begin",
                "选",
                "it's",
                "",
                "a=1.5e-8")));
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

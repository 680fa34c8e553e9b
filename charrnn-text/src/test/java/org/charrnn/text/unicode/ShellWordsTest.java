package org.charrnn.text.unicode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShellWordsTest {

  @Test
  void join_quotesWhatAShellWouldChange() {
    assertEquals(
        "generate 'my model.ckpt' 'it'\\''s' '' 选择 --begin='",
        ShellWords.join(List.of("generate", "my model.ckpt", "it's", "", "选择")) + " --begin='");
  }

  /** ESC, U+2028 and a byte order mark would reach the terminal, or vanish when pasted. */
  @Test
  void quote_invisibleCharactersAreEscaped() {
    assertEquals("$'\\u001b[31m'", ShellWords.quote("\u001b[31m"));
    assertEquals("$'a\\u2028\\ufeffb'", ShellWords.quote("a\u2028\uFEFFb"));
    assertEquals("$'it\\'s\\u0007'", ShellWords.quote("it's\u0007"));
    assertEquals("'two\nlines'", ShellWords.quote("two\nlines"));
    assertEquals("$'b\\u0009'", ShellWords.quote("b\u0000\t"));
  }
}

package org.charrnn.cli;

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
}

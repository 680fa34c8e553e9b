package org.charrnn.text.encoding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.charrnn.api.Tokenizer;
import org.charrnn.testkit.TokenizerContract;
import org.junit.jupiter.api.Test;

class CodePointTokenizerTest extends TokenizerContract {

  @Override
  protected Tokenizer tokenizer() {
    return new CodePointTokenizer();
  }

  private static List<String> split(String text) {
    List<String> symbols = new ArrayList<>();
    new CodePointTokenizer().split(text, symbols::add);
    return symbols;
  }

  @Test
  void split_surrogatePairsAreOneSymbol() {
    assertEquals(
        List.of("a", "选", "\ud840\udc00", "\n", "\u0301"), split("a选\ud840\udc00\n\u0301"));
  }

  @Test
  void split_nothing() {
    assertEquals(List.of(), split(""));
  }

  @Test
  void join_undoesSplit() {
    String text = "花开，\r\n\ud83c\udf38 e\u0301\u0000";
    assertEquals(text, new CodePointTokenizer().join(split(text)));
  }
}

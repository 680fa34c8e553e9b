package org.charrnn.testkit;

import java.util.function.Consumer;
import org.charrnn.api.Tokenizer;

/** Splits into code points; the broken ones each differ from it in one thing. */
public class GoodTokenizer implements Tokenizer {

  @Override
  public String name() {
    return "good";
  }

  @Override
  public void split(String text, Consumer<String> symbols) {
    text.codePoints().mapToObj(Character::toString).forEach(symbols);
  }
}

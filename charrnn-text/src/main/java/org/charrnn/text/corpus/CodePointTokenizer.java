package org.charrnn.text.corpus;

import java.util.function.Consumer;
import org.charrnn.api.Tokenizer;

/**
 * Each Unicode code point is a symbol, "code-point": what the seed calls a character. Accents and
 * variation selectors that combine with the character before them are symbols of their own.
 */
public final class CodePointTokenizer implements Tokenizer {

  /** For ServiceLoader. */
  public CodePointTokenizer() {}

  @Override
  public String name() {
    return "code-point";
  }

  @Override
  public void split(String text, Consumer<String> symbols) {
    text.codePoints().forEach(codePoint -> symbols.accept(Character.toString(codePoint)));
  }

  /** Anywhere: no symbol depends on its neighbours. */
  @Override
  public int cut(String text) {
    return text.length();
  }
}

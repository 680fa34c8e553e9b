package org.charrnn.text.encoding;

import java.util.function.Consumer;
import org.charrnn.api.Tokenizer;

/**
 * The tokenizer "code-point": each Unicode code point is a symbol. Accents and variation selectors
 * that combine with the preceding character are separate symbols.
 */
public final class CodePointTokenizer implements Tokenizer {

  /** Its name, which no other tokenizer has. */
  public static final String NAME = "code-point";

  /** For ServiceLoader. */
  public CodePointTokenizer() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void split(String text, Consumer<String> symbols) {
    text.codePoints().forEach(codePoint -> symbols.accept(Character.toString(codePoint)));
  }

  /**
   * {@return anywhere: no symbol depends on its neighbors}
   *
   * @param text the text
   */
  @Override
  public int cut(String text) {
    return text.length();
  }
}

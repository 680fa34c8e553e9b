package org.charrnn.testkit;

import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.charrnn.api.Tokenizer;

/** Splits text into code points, or differs from that in a single respect. */
public record AlteredTokenizer(Splitting splitting, ToIntFunction<String> cutting)
    implements Tokenizer {

  interface Splitting {
    void split(String text, Consumer<String> symbols);
  }

  /** The tokenizer without a change; it keeps the contract. */
  public AlteredTokenizer() {
    this(AlteredTokenizer::codePoints, AlteredTokenizer::endOfLastLine);
  }

  static Tokenizer withSplit(Splitting splitting) {
    return new AlteredTokenizer(splitting, AlteredTokenizer::endOfLastLine);
  }

  static Tokenizer withCut(ToIntFunction<String> cutting) {
    return new AlteredTokenizer(AlteredTokenizer::codePoints, cutting);
  }

  static void codePoints(String text, Consumer<String> symbols) {
    text.codePoints().mapToObj(Character::toString).forEach(symbols);
  }

  static int endOfLastLine(String text) {
    return text.lastIndexOf('\n') + 1;
  }

  @Override
  public String name() {
    return "testkit-code-point";
  }

  @Override
  public void split(String text, Consumer<String> symbols) {
    splitting.split(text, symbols);
  }

  @Override
  public int cut(String text) {
    return cutting.applyAsInt(text);
  }
}

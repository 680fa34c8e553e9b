package org.charrnn.text.scoring;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The probability of a text under a model. A sum over all texts of a length is 1, unless unknown
 * characters have a price: scores of models with different vocabularies are then comparable, but no
 * longer probabilities. The end of the text is not predicted: the probability is that of all texts
 * that begin with this one.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
public final class TextScore {

  private static final double LN_2 = Math.log(2);

  private final String text;
  private final ScoringOptions.Context context;
  private final List<String> symbols;
  private final double[] logProbabilities;
  private final int unknown;
  private final double nats;

  /**
   * A score; the array is copied.
   *
   * @param text the text
   * @param context the condition of its first symbol
   * @param symbols the symbols of the text
   * @param logProbabilities the logarithm of the probability of each, at most 0
   * @param unknown the number of symbols that are not in the vocabulary
   * @throws IllegalArgumentException if there is not one probability for each symbol
   */
  public TextScore(
      String text,
      ScoringOptions.Context context,
      List<String> symbols,
      double[] logProbabilities,
      int unknown) {
    if (symbols.size() != logProbabilities.length) {
      throw new IllegalArgumentException(
          symbols.size() + " symbols with " + logProbabilities.length + " probabilities");
    }
    this.text = text;
    this.context = context;
    this.symbols = List.copyOf(symbols);
    this.logProbabilities = logProbabilities.clone();
    this.unknown = unknown;
    double sum = 0;
    for (double logProbability : logProbabilities) {
      sum -= logProbability;
    }
    this.nats = sum;
  }

  /** {@return the text} */
  public String text() {
    return text;
  }

  /** {@return the condition of the probability of the first symbol} */
  public ScoringOptions.Context context() {
    return context;
  }

  /** {@return the symbols of the text, in its order} */
  public List<String> symbols() {
    return symbols;
  }

  /**
   * {@return a copy of the natural logarithms of the probabilities of the symbols, in the same
   * order}
   */
  public double[] logProbabilities() {
    return logProbabilities.clone();
  }

  /** {@return the number of symbols that are not in the vocabulary} */
  public int unknown() {
    return unknown;
  }

  /** {@return the number of characters (code points) of the text} */
  public int characters() {
    return text.codePointCount(0, text.length());
  }

  /** {@return the natural logarithm of the probability of the text: {@code -nats()}} */
  public double logProbability() {
    return -nats;
  }

  /**
   * {@return {@code -log p(text)}, natural logarithm} 0 for an empty text, whose probability is 1.
   */
  public double nats() {
    return nats;
  }

  /** {@return {@code -log2 p(text)}} */
  public double bits() {
    return nats / LN_2;
  }

  /** {@return the bits divided by the number of characters; 0 for an empty text} */
  public double bitsPerCharacter() {
    return bits() / Math.max(1, characters());
  }

  /**
   * {@return the perplexity, {@code e^(nats / symbols)}: the equivalent number of equally probable
   * symbols}
   */
  public double perplexity() {
    return Math.exp(nats / Math.max(1, symbols.size()));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TextScore that
        && text.equals(that.text)
        && context.equals(that.context)
        && symbols.equals(that.symbols)
        && unknown == that.unknown
        && Arrays.equals(logProbabilities, that.logProbabilities);
  }

  @Override
  public int hashCode() {
    return Objects.hash(text, context, Arrays.hashCode(logProbabilities));
  }

  /** {@return the text and its score} */
  @Override
  public String toString() {
    return "'" + text + "': " + nats + " nats";
  }
}

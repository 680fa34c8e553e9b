package org.charrnn.text.scoring;

import java.util.ArrayList;
import java.util.List;
import org.charrnn.text.corpus.UnknownSymbolException;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.evaluation.ModelDivergedException;

/**
 * The probabilities of all symbols as the next one.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
public final class Distribution {

  private final Vocabulary vocabulary;
  private final double[] logProbabilities;

  /**
   * A symbol and its probability.
   *
   * @param symbol the symbol
   * @param probability in [0, 1]
   */
  public record Entry(String symbol, double probability) {}

  private Distribution(Vocabulary vocabulary, double[] logProbabilities) {
    this.vocabulary = vocabulary;
    this.logProbabilities = logProbabilities;
  }

  /**
   * {@return the softmax of the scores of all symbols, in double precision}
   *
   * @param scores a logit for each id, {@code [V]}
   * @param vocabulary the vocabulary, of V symbols
   * @throws IllegalArgumentException if there is not one score for each symbol
   * @throws ModelDivergedException if a score is not finite
   */
  public static Distribution ofScores(Vocabulary vocabulary, float[] scores) {
    if (scores.length != vocabulary.size()) {
      throw new IllegalArgumentException(scores.length + " scores for " + vocabulary);
    }
    double max = Double.NEGATIVE_INFINITY;
    for (int id = 0; id < scores.length; id++) {
      if (!Float.isFinite(scores[id])) {
        throw new ModelDivergedException("score of symbol " + id, scores[id]);
      }
      max = Math.max(max, scores[id]);
    }
    double sum = 0;
    for (float score : scores) {
      sum += StrictMath.exp(score - max);
    }
    double logSum = max + StrictMath.log(sum);
    double[] logProbabilities = new double[scores.length];
    for (int id = 0; id < scores.length; id++) {
      logProbabilities[id] = Math.min(0, scores[id] - logSum);
    }
    return new Distribution(vocabulary, logProbabilities);
  }

  /**
   * {@return the relative frequencies in the training text, with 1 added to each count}
   *
   * @param vocabulary the vocabulary
   */
  public static Distribution ofCounts(Vocabulary vocabulary) {
    double total = vocabulary.size();
    for (Vocabulary.Entry entry : vocabulary.entries()) {
      total += entry.count();
    }
    double[] logProbabilities = new double[vocabulary.size()];
    for (int id = 0; id < logProbabilities.length; id++) {
      logProbabilities[id] = Math.log((vocabulary.entries().get(id).count() + 1) / total);
    }
    return new Distribution(vocabulary, logProbabilities);
  }

  /** {@return the symbols} */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /**
   * {@return the most probable symbols, the most probable first; of equally probable ones the one
   * with the lower id}
   *
   * @param count their number; all if there are fewer
   */
  public List<Entry> top(int count) {
    int[] best = new int[Math.clamp(count, 0, logProbabilities.length)];
    int found = 0;
    for (int id = 0; id < logProbabilities.length; id++) {
      int place = found;
      while (place > 0 && logProbabilities[id] > logProbabilities[best[place - 1]]) {
        place--;
      }
      if (place < best.length) {
        found = Math.min(found + 1, best.length);
        System.arraycopy(best, place, best, place + 1, found - place - 1);
        best[place] = id;
      }
    }
    List<Entry> entries = new ArrayList<>(best.length);
    for (int id : best) {
      entries.add(new Entry(vocabulary.symbol(id), Math.exp(logProbabilities[id])));
    }
    return List.copyOf(entries);
  }

  /**
   * {@return the probability of a symbol}
   *
   * @param symbol a symbol
   * @throws UnknownSymbolException if it is not in the vocabulary
   */
  public double probability(String symbol) {
    return Math.exp(logProbability(symbol));
  }

  /**
   * {@return the natural logarithm of the probability of a symbol}
   *
   * @param symbol a symbol
   * @throws UnknownSymbolException if it is not in the vocabulary
   */
  public double logProbability(String symbol) {
    return logProbabilities[vocabulary.id(symbol)];
  }

  /** {@return the entropy in nats: the expected surprisal of the next symbol} */
  public double entropy() {
    double entropy = 0;
    for (double logProbability : logProbabilities) {
      entropy -= Math.exp(logProbability) * logProbability;
    }
    return Math.max(0, entropy);
  }

  /** {@return the most probable symbols} */
  @Override
  public String toString() {
    return top(5).toString();
  }
}

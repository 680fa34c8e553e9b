package org.charrnn.text.baseline;

/**
 * How well an n-gram model foretells a text.
 *
 * @param order n: the model looks at the n - 1 symbols before the one that it foretells
 * @param symbols how many symbols were foretold
 * @param nats the mean of {@code -ln p} over them
 */
public record NGramLoss(int order, int symbols, double nats) {

  /** The loss in bits per symbol. */
  public double bits() {
    return nats / Math.log(2);
  }

  /** Among how many equally likely symbols the model has to guess, so to speak: {@code e^nats}. */
  public double perplexity() {
    return Math.exp(nats);
  }

  /** What people call the model: unigram, bigram, trigram, 4-gram, ... */
  public String name() {
    return switch (order) {
      case 1 -> "unigram";
      case 2 -> "bigram";
      case 3 -> "trigram";
      default -> order + "-gram";
    };
  }
}

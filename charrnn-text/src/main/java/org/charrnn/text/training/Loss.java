package org.charrnn.text.training;

/**
 * How surprised a model is by a text.
 *
 * @param characters the number of symbols that were predicted
 * @param nats the mean of {@code -log p(symbol | what stands before it)}, natural logarithm
 */
public record Loss(long characters, double nats) {

  /** The same in bits per character. */
  public double bits() {
    return nats / Math.log(2);
  }

  /** Among how many equally probable symbols the model is undecided, {@code e^nats}. */
  public double perplexity() {
    return Math.exp(nats);
  }
}

package org.charrnn.text.training;

/**
 * The cross entropy of a model on a text.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param characters the number of symbols that were predicted
 * @param nats the mean of {@code -log p(symbol | the text before it)}, natural logarithm
 */
public record Loss(long characters, double nats) {

  /** {@return the loss in bits per character} */
  public double bits() {
    return nats / Math.log(2);
  }

  /** {@return the perplexity, {@code e^nats}: the equivalent number of equally probable symbols} */
  public double perplexity() {
    return Math.exp(nats);
  }
}

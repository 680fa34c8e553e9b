package org.charrnn.text.evaluation;

import org.charrnn.text.training.Loss;

/**
 * The loss of an n-gram model on a text.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param order n: the model predicts each symbol from the n - 1 symbols before it
 * @param loss in the same units as the loss of a network
 */
public record NGramLoss(int order, Loss loss) {

  /** {@return the usual name of the model: unigram, bigram, trigram, 4-gram, ..} */
  public String name() {
    return switch (order) {
      case 1 -> "unigram";
      case 2 -> "bigram";
      case 3 -> "trigram";
      default -> order + "-gram";
    };
  }
}

package org.charrnn.text.evaluation;

import org.charrnn.text.training.Loss;

/**
 * How well an n-gram model foretells a text.
 *
 * @param order n: the model looks at the n - 1 symbols before the one that it foretells
 * @param loss in the same units as that of a network
 */
public record NGramLoss(int order, Loss loss) {

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

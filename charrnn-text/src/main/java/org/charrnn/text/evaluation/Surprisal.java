package org.charrnn.text.evaluation;

import java.util.List;

/**
 * How much a model was surprised by a symbol of a given text.
 *
 * @param symbol the symbol that stands there
 * @param nats {@code -log p(symbol | what stands before it)}, natural logarithm
 * @param expected what the model held for most probable there, the most probable first; the symbol
 *     itself may be among them
 */
public record Surprisal(String symbol, double nats, List<Expected> expected) {
  /** Copies the list. */
  public Surprisal {
    expected = List.copyOf(expected);
  }

  /**
   * A symbol and how probable the model holds it for.
   *
   * @param symbol the symbol
   * @param probability in [0, 1]
   */
  public record Expected(String symbol, double probability) {}
}

package org.charrnn.text.evaluation;

import java.util.List;

/**
 * The surprisal of a symbol of a given text.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param symbol the symbol
 * @param nats {@code -log p(symbol | symbols before it)}, natural logarithm
 * @param expected the symbols that were most probable in its place, the most probable first; the
 *     symbol itself may be among them
 */
public record Surprisal(String symbol, double nats, List<Expected> expected) {
  /** Copies the list. */
  public Surprisal {
    expected = List.copyOf(expected);
  }

  /**
   * A symbol and its probability under the model.
   *
   * @param symbol the symbol
   * @param probability in [0, 1]
   */
  public record Expected(String symbol, double probability) {}
}

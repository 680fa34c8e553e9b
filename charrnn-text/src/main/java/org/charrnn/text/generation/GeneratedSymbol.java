package org.charrnn.text.generation;

import java.util.List;
import java.util.OptionalDouble;

/**
 * A symbol that a model generated.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param symbol the symbol; the last one before a stop string may be the first part of one
 * @param logProbability if requested, the natural logarithm of the probability that the model
 *     assigned to it: at temperature 1, before any filter of the decoding
 * @param alternatives the symbols to which the model assigned the highest probabilities at this
 *     position, as many as requested, the most probable first; the symbol itself may be among them
 */
public record GeneratedSymbol(
    String symbol, OptionalDouble logProbability, List<Alternative> alternatives) {

  /**
   * A symbol that the model might have generated.
   *
   * @param symbol the symbol
   * @param logProbability the natural logarithm of the probability that the model assigned to it
   */
  public record Alternative(String symbol, double logProbability) {}

  /** Copies the list. */
  public GeneratedSymbol {
    alternatives = List.copyOf(alternatives);
  }

  /**
   * A symbol without alternatives.
   *
   * @param symbol the symbol
   * @param logProbability its log-probability, if it was requested
   */
  public GeneratedSymbol(String symbol, OptionalDouble logProbability) {
    this(symbol, logProbability, List.of());
  }
}

package org.charrnn.text.scoring;

import java.util.Optional;
import java.util.OptionalDouble;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.unicode.Surrogates;

/**
 * How a text is scored.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param context the condition of the first symbol; empty for the default: the symbol that begins
 *     documents if the model was trained with one; a blank line if it was trained with documents
 *     that blank lines separate; else a line feed; {@link Context.None} if that is not in the
 *     vocabulary
 * @param unknownNats the price in nats of each character that is not in the vocabulary, at least 0;
 *     empty to reject texts with such characters. The model does not read them.
 */
public record ScoringOptions(Optional<Context> context, OptionalDouble unknownNats) {

  /** The price of one of the 2^21 possible code points, all equally probable: 21 bits. */
  public static final double ANY_CODE_POINT_NATS = 21 * Math.log(2);

  /**
   * Checks the price.
   *
   * @throws InvalidOptionException if it is negative, infinite or not a number
   */
  public ScoringOptions {
    unknownNats.ifPresent(ScoringOptions::requirePrice);
  }

  private static void requirePrice(double nats) {
    if (!(nats >= 0 && nats < Double.POSITIVE_INFINITY)) { // written so that NaN fails
      throw new InvalidOptionException("unknownNats", nats, "a finite number of at least 0");
    }
  }

  /** {@return the default context; texts with unknown characters are rejected} */
  public static ScoringOptions standard() {
    return new ScoringOptions(Optional.empty(), OptionalDouble.empty());
  }

  /**
   * {@return the same with the text that comes before the scored one}
   *
   * @param text the text before each text, at least one symbol, all in the vocabulary
   * @throws InvalidOptionException if it is empty or has an unpaired surrogate
   */
  public ScoringOptions after(String text) {
    return withContext(new Context.Text(text));
  }

  /**
   * {@return the same with the state of the model before the scored text}
   *
   * @param state the state after the text before each text
   */
  public ScoringOptions after(State state) {
    return withContext(new Context.After(state));
  }

  /**
   * {@return the same with another context}
   *
   * @param value the context
   */
  public ScoringOptions withContext(Context value) {
    return new ScoringOptions(Optional.of(value), unknownNats);
  }

  /**
   * {@return the same with a price in nats for each unknown character}
   *
   * @param nats the price of an unknown symbol in nats, at least 0
   * @throws InvalidOptionException if it is negative, infinite or not a number
   */
  public ScoringOptions withUnknownPrice(double nats) {
    return new ScoringOptions(context, OptionalDouble.of(nats));
  }

  /**
   * The condition of the probability of the first symbol of a text. (Of the last symbol, if the
   * model reads from right to left.)
   *
   * <p><b>Thread safety.</b> Immutable.
   */
  public sealed interface Context {

    /**
     * A text, which the model reads first.
     *
     * @param text at least one symbol, all of which must be in the vocabulary
     */
    record Text(String text) implements Context {
      /**
       * Checks that the text is well-formed and not empty.
       *
       * @throws InvalidOptionException if it is not
       */
      public Text {
        if (text.isEmpty() || Surrogates.firstUnpaired(text) >= 0) {
          throw new InvalidOptionException(
              "context", text, "a text that is not empty, without unpaired surrogates");
        }
      }
    }

    /**
     * A state of the model, see {@link State#score}.
     *
     * @param state a state of the model that scores
     */
    record After(State state) implements Context {}

    /**
     * Nothing: the probability of the first symbol is its relative frequency in the training text,
     * with 1 added to each count.
     */
    record None() implements Context {}
  }
}

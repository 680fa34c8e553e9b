package org.charrnn.text.snapshot;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * The validations of a run so far.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param best the lowest loss on the held-out text, in nats per character; empty before the first
 *     validation
 * @param bestStep the number of updates when it was measured
 * @param sinceBest the number of validations since then
 * @param sinceReduction how many of them count toward the next reduction of the learning rate
 * @param reductions how often the learning rate was reduced for lack of improvement
 */
public record Validations(
    OptionalDouble best, long bestStep, int sinceBest, int sinceReduction, int reductions) {
  /**
   * Checks that nothing is negative.
   *
   * @throws IllegalArgumentException if a number is negative
   */
  public Validations {
    if (bestStep < 0 || sinceBest < 0 || sinceReduction < 0 || reductions < 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "validations must not be negative: best at step %d, %d since then, %d since a reduction, %d reductions",
              bestStep,
              sinceBest,
              sinceReduction,
              reductions));
    }
  }

  /** {@return no validations} */
  public static Validations none() {
    return new Validations(OptionalDouble.empty(), 0, 0, 0, 0);
  }

  /**
   * {@return the validations with one more}
   *
   * @param step the number of updates
   * @param nats the loss on the held-out text
   * @param patience after how many validations without a new best the learning rate is reduced; the
   *     count then starts over
   */
  public Validations with(long step, double nats, int patience) {
    if (best.isEmpty() || nats < best.getAsDouble()) {
      return new Validations(OptionalDouble.of(nats), step, 0, 0, reductions);
    }
    boolean reduces = sinceReduction + 1 >= patience;
    return new Validations(
        best,
        bestStep,
        sinceBest + 1,
        reduces ? 0 : sinceReduction + 1,
        reduces ? reductions + 1 : reductions);
  }

  /** {@return whether the last validation is the best one} */
  public boolean lastIsBest() {
    return best.isPresent() && sinceBest == 0;
  }
}

package org.charrnn.text.checkpoint;

import java.util.OptionalDouble;

/**
 * What the validations of a run have shown so far.
 *
 * @param best the least loss on the held-out text, in nats per character; empty before the first
 *     validation
 * @param bestStep the steps that were made when it was measured
 * @param sinceBest the validations since then
 * @param sinceReduction those of them that count for the next reduction of the learning rate
 * @param reductions how often the learning rate was reduced because nothing improved
 */
public record Validations(
    OptionalDouble best, long bestStep, int sinceBest, int sinceReduction, int reductions) {
  /** Checks that nothing is negative. */
  public Validations {
    if (bestStep < 0 || sinceBest < 0 || sinceReduction < 0 || reductions < 0) {
      throw new IllegalArgumentException(
          "no validations: best at step %d, %d since then, %d since a reduction, %d reductions"
              .formatted(bestStep, sinceBest, sinceReduction, reductions));
    }
  }

  /** None yet. */
  public static Validations none() {
    return new Validations(OptionalDouble.empty(), 0, 0, 0, 0);
  }

  /**
   * One more.
   *
   * @param step the steps that were made
   * @param nats the loss on the held-out text
   * @param patience after how many validations without a new best the learning rate is reduced; the
   *     count then begins anew
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

  /** Whether the last validation is the best. */
  public boolean lastIsBest() {
    return best.isPresent() && sinceBest == 0;
  }
}

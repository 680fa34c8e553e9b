package org.charrnn.text.choice;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.charrnn.api.ScoreChooser;
import org.charrnn.text.generation.Sampler;
import org.jspecify.annotations.Nullable;

/**
 * Chooses an id as a {@link Sampler} says, from scores that a model gave or rules changed; a score
 * of negative infinity forbids an id.
 *
 * <p><b>Thread safety.</b> None; the arrays are reused.
 */
public final class TokenChooser {

  /** Every id is forbidden. */
  public static final int NONE = -1;

  private final @Nullable ScoreChooser accelerated;
  private final Maximum maximum;
  private final QuickChoice quick;
  private final ExactChoice exact;

  /**
   * For V ids.
   *
   * @param faster the chooser of an accelerator, if it has one
   */
  public TokenChooser(int vocabularySize, Optional<ScoreChooser> faster) {
    this.accelerated = faster.orElse(null);
    this.maximum = new Maximum(vocabularySize);
    this.quick = new QuickChoice(vocabularySize);
    this.exact = new ExactChoice(vocabularySize);
  }

  /**
   * An id, or {@link #NONE} if all are forbidden.
   *
   * @param sampler how to choose
   * @param scores {@code [V]}
   * @param random the only source of randomness; one number is drawn unless the choice is greedy
   */
  public int choose(Sampler sampler, float[] scores, RandomGenerator random) {
    double chance = sampler.isGreedy() ? 0 : random.nextDouble();
    if (accelerated != null) {
      int id =
          accelerated.choose(scores, sampler.temperature(), sampler.topK(), sampler.topP(), chance);
      if (id != ScoreChooser.UNDECIDED) {
        return id;
      }
    }
    if (sampler.isGreedy()) {
      return maximum.id(scores);
    }
    int id = quick.choose(sampler, scores, chance);
    return id == QuickChoice.UNDECIDED ? chooseExactly(sampler, scores, chance) : id;
  }

  private int chooseExactly(Sampler sampler, float[] scores, double chance) {
    float best = Maximum.of(scores);
    return best == Float.NEGATIVE_INFINITY ? NONE : exact.choose(sampler, scores, best, chance);
  }
}

package org.charrnn.text.steps;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.charrnn.text.checkpoint.HostTensor;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.evaluation.ModelDivergedException;

/**
 * Ends a training run when one of its numbers is not finite.
 *
 * @param learningRate the learning rate, which may be too large
 * @param clipNorm the limit of the gradients, which may be missing or too large
 * @param stepsPerEpoch the steps of an epoch
 */
public record FiniteCheck(double learningRate, OptionalDouble clipNorm, int stepsPerEpoch) {

  /** The check of a configuration. */
  public static FiniteCheck of(TrainingConfig config, int stepsPerEpoch) {
    return new FiniteCheck(
        config.optimizer().learningRate().orElseThrow(),
        config.optimizer().clipNorm(),
        stepsPerEpoch);
  }

  /**
   * Checks one number.
   *
   * @param step the step after which it was computed, from 1
   * @param what the meaning of the number
   * @throws ModelDivergedException if it is not finite; the message names remedies
   */
  public void requireFinite(long step, String what, double value) {
    if (!Double.isFinite(value)) {
      throw new ModelDivergedException(
          String.format(
              Locale.ROOT,
              """
              After step %s (epoch %s) %s is %s. Training stops; files that were saved before are \
              unchanged. Lower learningRate (it is %s) or clip gradients with a lower clipNorm (%s), \
              and resume from the last checkpoint.\
              """,
              Long.toString(step),
              Long.toString(Math.max(0, step - 1) / stepsPerEpoch + 1),
              what,
              value,
              learningRate,
              clipNorm.isPresent() ? "it is " + clipNorm.getAsDouble() : "they are not clipped"));
    }
  }

  /** Checks all numbers of some tensors. */
  public void requireFinite(long step, Map<String, HostTensor> tensors) {
    tensors.forEach((name, tensor) -> {
      for (float value : tensor.values()) {
        if (!Float.isFinite(value)) {
          requireFinite(step, "tensor '" + name + "'", value);
        }
      }
    });
  }
}

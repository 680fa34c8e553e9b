package org.charrnn.text;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.charrnn.text.checkpoint.HostTensor;
import org.charrnn.text.training.TrainingDivergedException;

/**
 * Watches over the numbers of a training run and ends it when one is no longer finite.
 *
 * @param clipNorm what may be missing, or too large
 * @param stepsPerEpoch the steps of a pass
 */
record FiniteCheck(OptionalDouble clipNorm, int stepsPerEpoch) {

  /**
   * Looks at one number.
   *
   * @param step the step after which it was seen, from 1
   * @param learningRate what may be too large
   * @param what what the number is
   * @throws TrainingDivergedException if it is not finite; the message names remedies
   */
  void requireFinite(long step, double learningRate, String what, double value) {
    if (!Double.isFinite(value)) {
      throw new TrainingDivergedException(
          step,
          String.format(
              Locale.ROOT,
              """
              After step %d (epoch %d) %s is %s. Training stops; what was saved before stays. \
              Lower learningRate (it is %s) or clip gradients harder with clipNorm (%s), and go on \
              from the last checkpoint.\
              """,
              step,
              Math.max(0, step - 1) / stepsPerEpoch + 1,
              what,
              value,
              learningRate,
              clipNorm.isPresent() ? "it is " + clipNorm.getAsDouble() : "they are not clipped"));
    }
  }

  /** Looks at all numbers of some tensors. */
  void requireFinite(long step, double learningRate, Map<String, HostTensor> tensors) {
    tensors.forEach((name, tensor) -> {
      for (float value : tensor.values()) {
        if (!Float.isFinite(value)) {
          requireFinite(step, learningRate, "tensor '" + name + "'", value);
        }
      }
    });
  }
}

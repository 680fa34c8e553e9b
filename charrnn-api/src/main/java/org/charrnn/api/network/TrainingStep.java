package org.charrnn.api.network;

import org.charrnn.api.Hyperparameters;

/**
 * How one step of training computes.
 *
 * @param steps T, the length of a window
 * @param batchSize B, the number of windows in a step
 * @param carryState whether a window begins with the state that the one before it left; else with
 *     zeros
 * @param meanLoss whether the mean of the losses of a window is differentiated; else their sum
 * @param clipNorm the greatest global norm of all gradients together, which are scaled down to it;
 *     infinite for none
 * @param clipValue the greatest absolute value of each element of a gradient, cut off there before
 *     the norm is looked at; infinite for none
 * @param dropout the share of the inputs of each layer and of the output layer that a step leaves
 *     out, in [0, 1); ids are never left out
 * @param resets whether the input {@code kept} says where the state is zero before an id is read
 * @param optimizer the hyperparameters of the optimizer
 */
public record TrainingStep(
    int steps,
    int batchSize,
    boolean carryState,
    boolean meanLoss,
    double clipNorm,
    double clipValue,
    double dropout,
    boolean resets,
    Hyperparameters optimizer) {
  /** Checks the numbers. */
  public TrainingStep {
    Architecture.requireAtLeast(1, "steps", steps);
    Architecture.requireAtLeast(1, "batchSize", batchSize);
    requireLimit("clipNorm", clipNorm);
    requireLimit("clipValue", clipValue);
    if (!(dropout >= 0 && dropout < 1)) { // written so that NaN fails
      throw new IllegalArgumentException("dropout must be in [0, 1): " + dropout);
    }
  }

  private static void requireLimit(String what, double value) {
    if (!((float) value > 0)) { // written so that NaN fails, and what a float takes for 0
      throw new IllegalArgumentException(what + " must be greater than 0: " + value);
    }
  }

  /**
   * A step without dropout that nowhere resets the state, whose gradients are clipped by their norm
   * alone.
   */
  public TrainingStep(
      int steps,
      int batchSize,
      boolean carryState,
      boolean meanLoss,
      double clipNorm,
      Hyperparameters optimizer) {
    this(
        steps,
        batchSize,
        carryState,
        meanLoss,
        clipNorm,
        Double.POSITIVE_INFINITY,
        0,
        false,
        optimizer);
  }
}

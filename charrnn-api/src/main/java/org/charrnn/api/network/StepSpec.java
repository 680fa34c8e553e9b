package org.charrnn.api.network;

import org.charrnn.api.Hyperparameters;

/**
 * How one step of training computes.
 *
 * <p><b>Thread safety.</b> Immutable; a builder belongs to one thread.
 *
 * @param windowLength T, the number of ids in a window
 * @param batchSize B, the number of windows in a step
 * @param carryState whether a window starts with the state after the previous window; otherwise
 *     with zeros
 * @param resets whether the state is reset within a window
 * @param meanLoss whether the mean of the losses of a window is differentiated; otherwise their sum
 * @param clipNorm the maximum global norm of all gradients together, which are scaled down to it;
 *     infinite for none
 * @param clipValue the maximum absolute value of each element of a gradient, clipped before the
 *     norm is computed; infinite for none
 * @param dropout the fraction of the inputs of each layer and of the output layer that a step
 *     drops, in [0, 1); ids are never dropped
 * @param dropoutKind which of these inputs are dropped together
 * @param recurrentDropout the fraction of the elements of each recurrent weight that a step drops,
 *     in [0, 1)
 * @param gradientSum how the gradients of several windows are summed, if a step has more than one
 * @param optimizer the hyperparameters of the optimizer
 */
public record StepSpec(
    int windowLength,
    int batchSize,
    boolean carryState,
    StateResets resets,
    boolean meanLoss,
    double clipNorm,
    double clipValue,
    double dropout,
    DropoutKind dropoutKind,
    double recurrentDropout,
    GradientSum gradientSum,
    Hyperparameters optimizer) {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if a number is out of range; the message names it
   */
  public StepSpec {
    Architecture.requireAtLeast(1, "windowLength", windowLength);
    Architecture.requireAtLeast(1, "batchSize", batchSize);
    requireLimit("clipNorm", clipNorm);
    requireLimit("clipValue", clipValue);
    requireShare("dropout", dropout);
    requireShare("recurrentDropout", recurrentDropout);
  }

  private static void requireShare(String what, double value) {
    if (!(value >= 0 && value < 1)) { // written so that NaN fails
      throw new IllegalArgumentException(what + " must be in [0, 1): " + value);
    }
  }

  private static void requireLimit(String what, double value) {
    if (!((float) value > 0)) { // written so that NaN fails, and so does a value that rounds to 0
      throw new IllegalArgumentException(what + " must be greater than 0: " + value);
    }
  }

  /**
   * {@return whether gradients are clipped by their global norm, which the programs then output}
   */
  public boolean clipsNorm() {
    return isLimit(clipNorm);
  }

  /**
   * {@return whether anything is dropped; the programs then read {@link BufferNames#DROPOUT_SEED}}
   */
  public boolean drops() {
    return dropout > 0 || recurrentDropout > 0;
  }

  /** Whether each element of a gradient is clipped. */
  boolean clipsValues() {
    return isLimit(clipValue);
  }

  /** A limit that is infinite as a float limits nothing. */
  private static boolean isLimit(double limit) {
    return (float) limit < Float.POSITIVE_INFINITY;
  }

  /**
   * {@return a builder of steps that start with a state of zeros, differentiate the sum of the
   * losses, and neither clip nor drop anything}
   *
   * @param windowLength T, the number of time steps
   * @param batchSize B, the number of texts
   */
  public static Builder builder(int windowLength, int batchSize) {
    return new Builder(windowLength, batchSize);
  }

  /**
   * {@return this step with another choice of resets}
   *
   * @param resets the texts whose state starts from zero
   */
  public StepSpec withResets(StateResets resets) {
    return new StepSpec(
        windowLength,
        batchSize,
        carryState,
        resets,
        meanLoss,
        clipNorm,
        clipValue,
        dropout,
        dropoutKind,
        recurrentDropout,
        gradientSum,
        optimizer);
  }

  /** Builds a step; each method sets the component of its name. */
  public static final class Builder {

    private final int windowLength;
    private final int batchSize;
    private boolean carryState;
    private StateResets resets = StateResets.NONE;
    private boolean meanLoss;
    private double clipNorm = Double.POSITIVE_INFINITY;
    private double clipValue = Double.POSITIVE_INFINITY;
    private double dropout;
    private DropoutKind dropoutKind = DropoutKind.INDEPENDENT;
    private double recurrentDropout;
    private GradientSum gradientSum = GradientSum.COMPLETE;
    private Hyperparameters optimizer = Hyperparameters.none();

    private Builder(int windowLength, int batchSize) {
      this.windowLength = windowLength;
      this.batchSize = batchSize;
    }

    /**
     * Sets {@link StepSpec#carryState}.
     *
     * @param carryState the new value
     * @return this builder
     */
    public Builder carryState(boolean carryState) {
      this.carryState = carryState;
      return this;
    }

    /**
     * Sets {@link StepSpec#resets}.
     *
     * @param resets the texts whose state starts from zero
     * @return this builder
     */
    public Builder resets(StateResets resets) {
      this.resets = resets;
      return this;
    }

    /**
     * Sets {@link StepSpec#meanLoss}.
     *
     * @param meanLoss the new value
     * @return this builder
     */
    public Builder meanLoss(boolean meanLoss) {
      this.meanLoss = meanLoss;
      return this;
    }

    /**
     * Sets {@link StepSpec#clipNorm}.
     *
     * @param clipNorm the new value
     * @return this builder
     */
    public Builder clipNorm(double clipNorm) {
      this.clipNorm = clipNorm;
      return this;
    }

    /**
     * Sets {@link StepSpec#clipValue}.
     *
     * @param clipValue the new value
     * @return this builder
     */
    public Builder clipValue(double clipValue) {
      this.clipValue = clipValue;
      return this;
    }

    /**
     * Sets {@link StepSpec#dropout}.
     *
     * @param dropout the new value
     * @return this builder
     */
    public Builder dropout(double dropout) {
      this.dropout = dropout;
      return this;
    }

    /**
     * Sets {@link StepSpec#dropoutKind}.
     *
     * @param dropoutKind the new value
     * @return this builder
     */
    public Builder dropoutKind(DropoutKind dropoutKind) {
      this.dropoutKind = dropoutKind;
      return this;
    }

    /**
     * Sets {@link StepSpec#recurrentDropout}.
     *
     * @param recurrentDropout the new value
     * @return this builder
     */
    public Builder recurrentDropout(double recurrentDropout) {
      this.recurrentDropout = recurrentDropout;
      return this;
    }

    /**
     * Sets {@link StepSpec#gradientSum}.
     *
     * @param gradientSum the new value
     * @return this builder
     */
    public Builder gradientSum(GradientSum gradientSum) {
      this.gradientSum = gradientSum;
      return this;
    }

    /**
     * Sets {@link StepSpec#optimizer}.
     *
     * @param optimizer the new value
     * @return this builder
     */
    public Builder optimizer(Hyperparameters optimizer) {
      this.optimizer = optimizer;
      return this;
    }

    /**
     * {@return the step}
     *
     * @throws IllegalArgumentException if a number is out of range
     */
    public StepSpec build() {
      return new StepSpec(
          windowLength,
          batchSize,
          carryState,
          resets,
          meanLoss,
          clipNorm,
          clipValue,
          dropout,
          dropoutKind,
          recurrentDropout,
          gradientSum,
          optimizer);
    }
  }
}

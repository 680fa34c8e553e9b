package org.charrnn.api.network;

import org.charrnn.api.Hyperparameters;

/**
 * How one step of training computes.
 *
 * <p>Sources: clipping by norm, Pascanu, Mikolov, Bengio, "On the Difficulty of Training Recurrent
 * Neural Networks", ICML 2013; dropout, Srivastava et al., "Dropout: A Simple Way to Prevent Neural
 * Networks from Overfitting", JMLR 15, 2014; recurrent dropout, Merity, Keskar, Socher,
 * "Regularizing and Optimizing LSTM Language Models", ICLR 2018.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param windowLength T, the number of ids in a window, at least 1
 * @param batchSize B, the number of texts that are read at once, at least 1
 * @param carryState whether a window starts with the state after the previous window; otherwise
 *     with zeros
 * @param resets whether the state is reset within a window, where a document begins
 * @param meanLoss whether the mean of the losses of all T * B targets is differentiated; otherwise
 *     their sum
 * @param clipNorm the maximum L2 norm of all gradients together, which are scaled down to it;
 *     greater than 0, infinite for none
 * @param clipValue the maximum absolute value of each element of a gradient, clipped before the
 *     norm is computed; greater than 0, infinite for none
 * @param dropout the fraction of the inputs of each layer and of the output layer that a step
 *     drops, in [0, 1); the others are divided by {@code 1 - dropout}; ids are never dropped
 * @param dropoutKind which of these inputs are dropped together
 * @param recurrentDropout the fraction of the elements of each recurrent weight that a step drops,
 *     the same in all T time steps, in [0, 1); the others are divided by {@code 1 -
 *     recurrentDropout}
 * @param gradientSum how the gradients of several windows are summed, if a step has more than one
 * @param optimizer the values of all hyperparameters of the optimizer
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
   * losses, neither clip nor drop anything, and have no hyperparameters}
   *
   * @param windowLength T, the number of time steps, at least 1
   * @param batchSize B, the number of texts, at least 1
   */
  public static Builder builder(int windowLength, int batchSize) {
    return new Builder(windowLength, batchSize);
  }

  /**
   * {@return this step with another choice of resets}
   *
   * @param resets whether the state is reset within a window
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

  /**
   * Builds a step; each method sets the component of its name.
   *
   * <p><b>Thread safety.</b> None: for one thread.
   */
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
     * Sets {@link StepSpec#carryState}, false by default.
     *
     * @param carryState whether a window starts with the state after the previous window
     * @return this builder
     */
    public Builder carryState(boolean carryState) {
      this.carryState = carryState;
      return this;
    }

    /**
     * Sets {@link StepSpec#resets}, {@link StateResets#NONE} by default.
     *
     * @param resets whether the state is reset within a window
     * @return this builder
     */
    public Builder resets(StateResets resets) {
      this.resets = resets;
      return this;
    }

    /**
     * Sets {@link StepSpec#meanLoss}, false by default.
     *
     * @param meanLoss whether the mean of the losses is differentiated instead of their sum
     * @return this builder
     */
    public Builder meanLoss(boolean meanLoss) {
      this.meanLoss = meanLoss;
      return this;
    }

    /**
     * Sets {@link StepSpec#clipNorm}, infinite by default.
     *
     * @param clipNorm the maximum norm of all gradients together, greater than 0
     * @return this builder
     */
    public Builder clipNorm(double clipNorm) {
      this.clipNorm = clipNorm;
      return this;
    }

    /**
     * Sets {@link StepSpec#clipValue}, infinite by default.
     *
     * @param clipValue the maximum absolute value of an element of a gradient, greater than 0
     * @return this builder
     */
    public Builder clipValue(double clipValue) {
      this.clipValue = clipValue;
      return this;
    }

    /**
     * Sets {@link StepSpec#dropout}, 0 by default.
     *
     * @param dropout the fraction of inputs that is dropped, in [0, 1)
     * @return this builder
     */
    public Builder dropout(double dropout) {
      this.dropout = dropout;
      return this;
    }

    /**
     * Sets {@link StepSpec#dropoutKind}, {@link DropoutKind#INDEPENDENT} by default.
     *
     * @param dropoutKind which inputs are dropped together
     * @return this builder
     */
    public Builder dropoutKind(DropoutKind dropoutKind) {
      this.dropoutKind = dropoutKind;
      return this;
    }

    /**
     * Sets {@link StepSpec#recurrentDropout}, 0 by default.
     *
     * @param recurrentDropout the fraction of recurrent weights that is dropped, in [0, 1)
     * @return this builder
     */
    public Builder recurrentDropout(double recurrentDropout) {
      this.recurrentDropout = recurrentDropout;
      return this;
    }

    /**
     * Sets {@link StepSpec#gradientSum}, {@link GradientSum#COMPLETE} by default.
     *
     * @param gradientSum how the gradients of several windows are summed
     * @return this builder
     */
    public Builder gradientSum(GradientSum gradientSum) {
      this.gradientSum = gradientSum;
      return this;
    }

    /**
     * Sets {@link StepSpec#optimizer}, {@link Hyperparameters#none()} by default.
     *
     * @param optimizer the values of all hyperparameters of the optimizer
     * @return this builder
     */
    public Builder optimizer(Hyperparameters optimizer) {
      this.optimizer = optimizer;
      return this;
    }

    /**
     * {@return the step}
     *
     * @throws IllegalArgumentException if a number is out of range; the message names it
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

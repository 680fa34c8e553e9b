package org.charrnn.api.network;

/**
 * The names of the inputs and outputs of the programs of a {@link Network}. T is the length of a
 * window, B the batch size, H the hidden size, V the size of the vocabulary. Ids and the seed are
 * integers, everything else is floats.
 *
 * <p><b>Thread safety.</b> Constants only.
 */
public final class BufferNames {

  /** Input {@code [T, B]}: the ids that are read, each in {@code [0, V)}. */
  public static final String IDS = "ids";

  /**
   * Input {@code [T, B]}: the id that follows each id, below V. A negative one is skipped: its loss
   * is 0.
   */
  public static final String TARGETS = "targets";

  /**
   * Input {@code [T, B, 1]}, with {@link StateResets#MASKED}: 0 where the state is reset before an
   * id is read, 1 elsewhere.
   */
  public static final String STATE_MASK = "stateMask";

  /** Input, a scalar: the learning rate of the step. */
  public static final String LEARNING_RATE = "learningRate";

  /** Input, a scalar: 1 in the first step, 2 in the second, ... */
  public static final String STEP = "step";

  /**
   * Input, a scalar, if there is dropout: it determines what is dropped, and the caller changes it
   * from window to window.
   */
  public static final String DROPOUT_SEED = "dropoutSeed";

  /** Input, a scalar, of {@link Network#applyAccumulated}: the number of windows in the step. */
  public static final String WINDOW_COUNT = "windowCount";

  /**
   * Output, a scalar: the mean of the losses of all T * B targets, skipped ones included, in nats.
   */
  public static final String LOSS = "loss";

  /** Output {@code [T, B]}: the loss of each target, {@code -log p(target)}, in nats. */
  public static final String LOSSES = "losses";

  /** Output {@code [T, B, H]}: the output of the last layer after each id, not normalized. */
  public static final String HIDDEN = "hidden";

  /** Output {@code [1, B, V]}: the unnormalized scores of the next id. */
  public static final String LOGITS = "logits";

  /** Output, a scalar, if gradients are clipped by norm: their global norm before clipping. */
  public static final String GRADIENT_NORM = "gradientNorm";

  private BufferNames() {}
}

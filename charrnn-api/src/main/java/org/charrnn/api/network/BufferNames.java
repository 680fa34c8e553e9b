package org.charrnn.api.network;

/**
 * The names of the inputs and outputs of the programs of a {@link Network}. T is the length of a
 * window, B the batch size, V the size of the vocabulary.
 *
 * <p><b>Thread safety.</b> Constants only.
 */
public final class BufferNames {

  /** Input {@code [T, B]}: the ids that are read. */
  public static final String IDS = "ids";

  /** Input {@code [T, B]}: the id that follows each id; a negative one is skipped. */
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

  /** Input, an integer, if there is dropout: changed by the caller from window to window. */
  public static final String DROPOUT_SEED = "dropoutSeed";

  /** Input, a scalar, of {@link Network#applyAccumulated}: the number of windows in the step. */
  public static final String WINDOW_COUNT = "windowCount";

  /** Output, a scalar: the mean loss in nats per character. */
  public static final String LOSS = "loss";

  /** Output {@code [T, B]}: the loss of each target in nats. */
  public static final String LOSSES = "losses";

  /** Output {@code [T, B, H]}: the output of the last layer after each id. */
  public static final String HIDDEN = "hidden";

  /** Output {@code [1, B, V]}: the unnormalized scores of the next id. */
  public static final String LOGITS = "logits";

  /** Output, a scalar, if gradients are clipped by norm: their global norm before clipping. */
  public static final String GRADIENT_NORM = "gradientNorm";

  private BufferNames() {}
}

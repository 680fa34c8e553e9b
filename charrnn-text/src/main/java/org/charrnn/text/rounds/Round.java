package org.charrnn.text.rounds;

import java.io.Serializable;

/**
 * The task of a round, the same for all of its workers.
 *
 * <p><b>Thread safety.</b> Immutable, provided that the array of {@link #weights} is not changed.
 */
public final class Round implements Serializable {

  private static final long serialVersionUID = 1;

  /** Where the round starts. */
  private final Position position;

  /** The number of windows of an epoch. */
  private final int windowsPerEpoch;

  /** The number of steps of each worker. */
  private final int steps;

  /** The number of workers. */
  private final int workers;

  /** The weights before the round. */
  private final float[] weights;

  /**
   * The position at which a round starts.
   *
   * @param step the number of steps of each worker so far
   * @param epoch the number of completed passes of each worker over its part
   * @param window the index of the next window of the pass; in mode {@link
   *     org.charrnn.text.config.RoundConfig.Mode#GRADIENT} the window of the first worker
   * @param random the state of the generator of all randomness
   * @param reductions how often the learning rate was reduced for lack of improvement
   */
  public record Position(long step, int epoch, int window, long random, int reductions)
      implements Serializable {}

  /**
   * A round.
   *
   * @param position where it starts
   * @param windowsPerEpoch the windows of a pass over a part
   * @param steps the steps of each worker
   * @param workers the number of workers, which have the indices from 0
   * @param weights the weights that all workers start from; not copied
   */
  public Round(Position position, int windowsPerEpoch, int steps, int workers, float[] weights) {
    this.position = position;
    this.windowsPerEpoch = windowsPerEpoch;
    this.steps = steps;
    this.workers = workers;
    this.weights = weights;
  }

  /** {@return the position at which the round starts} */
  public Position position() {
    return position;
  }

  /** {@return the windows of a pass over a part} */
  public int windowsPerEpoch() {
    return windowsPerEpoch;
  }

  /** {@return the steps of each worker} */
  public int steps() {
    return steps;
  }

  /**
   * {@return the number of workers of this round, which have the indices from 0} The last step of
   * an epoch in mode {@link org.charrnn.text.config.RoundConfig.Mode#GRADIENT} may have fewer than
   * the others.
   */
  public int workers() {
    return workers;
  }

  /**
   * {@return the weights that all workers start from, all parameters in order; the array itself}
   */
  public float[] weights() {
    return weights;
  }

  /** {@return the position and the number of workers} */
  @Override
  public String toString() {
    return workers + " workers, " + steps + " steps from " + position;
  }
}

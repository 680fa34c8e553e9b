package org.charrnn.text.rounds;

import java.io.Serializable;

/**
 * The result of a worker in a round. It is a function of the round, the index of the worker, its
 * part of the text and its state before.
 *
 * <p><b>Thread safety.</b> Immutable, provided that its arrays are not changed.
 */
public final class WorkerResult implements Serializable {

  private static final long serialVersionUID = 1;

  /** The index of the worker. */
  private final int worker;

  /** The result. */
  private final float[] values;

  /** The state of the worker after the round. */
  private final byte[] state;

  /** The figures of the round. */
  private final WorkerReport report;

  /**
   * A result.
   *
   * @param worker the index of the worker
   * @param values see {@link #values}; not copied
   * @param state its state after the round; not copied
   * @param report its measurements
   */
  public WorkerResult(int worker, float[] values, byte[] state, WorkerReport report) {
    this.worker = worker;
    this.values = values;
    this.state = state;
    this.report = report;
  }

  /** {@return the index of the worker} */
  public int worker() {
    return worker;
  }

  /**
   * {@return the numbers to sum over the workers, in the order of the weights; the array itself}
   * They are the weights of the round minus those after the steps of the worker; in mode {@link
   * org.charrnn.text.config.RoundConfig.Mode#GRADIENT} the gradient of its window.
   */
  public float[] values() {
    return values;
  }

  /**
   * {@return the state of the worker after the round: of its optimizer and of its network; the
   * array itself} It is empty in mode {@link org.charrnn.text.config.RoundConfig.Mode#GRADIENT}.
   */
  public byte[] state() {
    return state;
  }

  /** {@return the measurements of the worker} */
  public WorkerReport report() {
    return report;
  }
}

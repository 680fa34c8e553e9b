package org.charrnn.text.engine;

/**
 * Work on a model that is done in portions, so that other requests advance in between. All methods
 * are called by the thread that computes, one at a time, and may use everything that belongs to the
 * session of the model.
 *
 * @param <T> the type of the result
 */
public interface Work<T> {

  /** Called once, before the first portion. Work that is computed in one batch registers here. */
  default void begin() {}

  /**
   * Does a portion, if possible one of a few milliseconds.
   *
   * @return whether there is more to do
   */
  boolean advance();

  /** Called once when nothing more is done, because it is complete or because it failed. */
  default void end() {}

  /** The result; called after the last portion, by the thread that waits for it. */
  T result();
}

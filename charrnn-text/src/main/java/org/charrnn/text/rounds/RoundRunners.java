package org.charrnn.text.rounds;

/** Creates the {@link RoundRunner} of a training. */
@FunctionalInterface
public interface RoundRunners {

  /**
   * Creates a runner.
   *
   * @param setup what all workers must know
   * @param parts how the text is divided
   * @param text the whole text in its order, for runners that send the parts to the workers. It may
   *     be used by several threads, and is closed after the runner.
   * @return the runner, which the training closes
   */
  RoundRunner open(WorkerSetup setup, TextParts parts, PartText text);
}

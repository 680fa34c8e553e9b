package org.charrnn.text.training;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param reason why
 * @param step the steps that were made, those of before a resumption included
 * @param best the model with the least loss on the held-out text; empty if none was measured or
 *     nothing was written
 * @param test the loss of the best model, or if there is none of the last one, on the text that was
 *     set aside for the end; empty if none was, or the run may go on
 */
public record TrainingResult(
    StopReason reason, long step, Optional<Best> best, Optional<Loss> test) {

  /**
   * The model with the least loss on the held-out text.
   *
   * @param file where it is
   * @param step the steps that were made then
   * @param nats its loss on the held-out text, in nats per character
   */
  public record Best(Path file, long step, double nats) {}
}

package org.charrnn.text.training;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The result of a run.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param reason the reason of its end
 * @param step the number of steps, those before a resumption included
 * @param last the loss of the last model on the held-out text; empty if no text is held out
 * @param best the model with the lowest loss on the held-out text; empty if none was measured or no
 *     files were written
 * @param test the loss of the best model, or if there is none of the last one, on the text that was
 *     set aside for the end; empty if none was, or the run may be resumed
 */
public record TrainingResult(
    StopReason reason, long step, Optional<Loss> last, Optional<Best> best, Optional<Loss> test) {

  /**
   * The model with the lowest loss on the held-out text.
   *
   * @param file its file
   * @param step the number of steps that it was trained for
   * @param nats its loss on the held-out text, in nats per character
   */
  public record Best(Path file, long step, double nats) {}

  /** The reason why a run ended. */
  public enum StopReason {
    /** All steps of the configuration are done. */
    COMPLETE(true),
    /** Too many consecutive validations did not lower the loss on the held-out text. */
    NO_IMPROVEMENT(true),
    /** The time limit was reached. */
    TIME(false),
    /** A stop was requested. */
    REQUESTED(false);

    private final boolean isFinal;

    StopReason(boolean isFinal) {
      this.isFinal = isFinal;
    }

    /** {@return whether a run that is resumed with the same configuration makes no further step} */
    public boolean isFinal() {
      return isFinal;
    }
  }
}

package org.charrnn.text.checkpoint;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Where a model comes from.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
public sealed interface Origin {

  /**
   * The run and the step that a model was saved at. Two files of the same run have the same run id.
   *
   * @param run the id of the run: equal for runs on the same text with the same initial
   *     configuration, whatever their length
   * @param step the number of steps that the model was trained for
   * @param heldOutNats its loss on the held-out text, in nats per character; empty if it was not
   *     measured
   */
  record Run(String run, long step, OptionalDouble heldOutNats) implements Origin {}

  /**
   * A model of another library, or one that was exported and read back.
   *
   * @param format what it was read from, such as {@code ONNX}
   * @param configurationKnown whether its configuration is the one that it was exported with; if
   *     not, how it was trained is unknown, and all of the configuration but the architecture has
   *     default values
   */
  record Imported(@JsonProperty("imported") String format, boolean configurationKnown)
      implements Origin {}

  /** {@return the run, if the model was saved by one} */
  default Optional<Run> asRun() {
    return this instanceof Run run ? Optional.of(run) : Optional.empty();
  }
}

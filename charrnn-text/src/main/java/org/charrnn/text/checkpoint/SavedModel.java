package org.charrnn.text.checkpoint;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Vocabulary;

/**
 * A model in memory, for generation and evaluation.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param config the configuration of its training; {@code config.model()} is its architecture
 * @param vocabulary its symbols
 * @param tensors its parameters by name, in order
 * @param origin the run that it was saved by, or the format that it was imported from; empty if
 *     that is not known
 */
public record SavedModel(
    TrainingConfig config,
    Vocabulary vocabulary,
    Map<String, HostTensor> tensors,
    Optional<Origin> origin) {
  /** Copies the map. */
  public SavedModel {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  /**
   * A model that was not saved by a run.
   *
   * @param config the configuration
   * @param vocabulary the vocabulary
   * @param tensors the parameters by name
   */
  public SavedModel(TrainingConfig config, Vocabulary vocabulary, Map<String, HostTensor> tensors) {
    this(config, vocabulary, tensors, Optional.empty());
  }

  /**
   * Where a model comes from.
   *
   * <p><b>Thread safety.</b> Immutable.
   */
  public sealed interface Origin {

    /**
     * The run and the step that a model was saved at. Two files of the same run have the same run
     * id.
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
}

package org.charrnn.text.checkpoint;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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
   * Writes the model alone, which takes about half as much space as a checkpoint from which
   * training can be resumed.
   *
   * @param file the file
   * @throws OutputException if that fails; an existing file is unchanged
   */
  public void write(Path file) {
    new Checkpoint(this, Optional.empty()).write(file);
  }
}

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
 * @param config the configuration of its training; {@code config.model()} is its architecture
 * @param vocabulary its symbols
 * @param tensors its parameters by name, in order
 */
public record SavedModel(
    TrainingConfig config, Vocabulary vocabulary, Map<String, HostTensor> tensors) {
  /** Copies the map. */
  public SavedModel {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  /**
   * Writes the model alone, which takes about half as much space as a checkpoint from which
   * training can be resumed.
   *
   * @throws OutputException if that fails; an existing file is unchanged
   */
  public void write(Path file) {
    new Checkpoint(this, Optional.empty()).write(file);
  }
}

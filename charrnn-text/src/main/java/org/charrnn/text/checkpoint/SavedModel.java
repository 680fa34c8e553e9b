package org.charrnn.text.checkpoint;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Vocabulary;

/**
 * What generating and evaluating need.
 *
 * @param config how it was trained; {@code config.model()} says what it is made of
 * @param vocabulary its symbols
 * @param parameters its tensors by name, in order
 */
public record SavedModel(
    TrainingConfig config, Vocabulary vocabulary, Map<String, HostTensor> parameters) {
  /** Copies the map. */
  public SavedModel {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /**
   * Writes the model alone, about half as large as a checkpoint from which training can go on.
   *
   * @throws OutputException if that fails; what stood there before is unharmed
   */
  public void write(Path file) {
    CheckpointWriter.write(file, this, null);
  }
}

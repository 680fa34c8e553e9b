package org.charrnn.text.snapshot;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.charrnn.text.checkpoint.HostTensor;

/**
 * The state of a training besides the model: with both, training resumes as if it had never
 * stopped.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param progress the position of the run
 * @param corpusFingerprint the {@linkplain org.charrnn.text.corpus.Corpus#fingerprint fingerprint}
 *     of the text
 * @param tensors optimizer states and carried states by name, in order
 */
public record TrainingState(
    Progress progress, String corpusFingerprint, Map<String, HostTensor> tensors) {
  /** Copies the map. */
  public TrainingState {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }
}

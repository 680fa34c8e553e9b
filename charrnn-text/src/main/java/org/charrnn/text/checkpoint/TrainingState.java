package org.charrnn.text.checkpoint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What training needs beside the model in order to go on as if it had never stopped.
 *
 * @param progress how far it has come
 * @param corpus the {@linkplain org.charrnn.text.corpus.Corpus#fingerprint fingerprint} of the text
 * @param tensors optimizer states and carried states, by name, in order
 */
public record TrainingState(Progress progress, String corpus, Map<String, HostTensor> tensors) {
  /** Copies the map. */
  public TrainingState {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }
}

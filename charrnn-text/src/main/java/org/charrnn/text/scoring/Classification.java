package org.charrnn.text.scoring;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The class of a text.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param text the text
 * @param label the label of the model under which the text is most probable; of equally probable
 *     ones the first
 * @param nats {@code -log p(text)} under the model of each label, in the order of the classifier
 */
public record Classification(String text, String label, Map<String, Double> nats) {
  /**
   * Copies the map.
   *
   * @throws IllegalArgumentException if the map has no number for the label
   */
  public Classification {
    nats = Collections.unmodifiableMap(new LinkedHashMap<>(nats));
    if (!nats.containsKey(label)) {
      throw new IllegalArgumentException("no score for " + label + ": " + nats);
    }
  }

  /**
   * {@return the probability that the text has a label, if all labels are equally probable before
   * it is read}
   *
   * @param of a label
   * @throws IllegalArgumentException if there is no such label
   */
  public double probability(String of) {
    Double own = nats.get(of);
    if (own == null) {
      throw new IllegalArgumentException("no label '" + of + "', only " + nats.keySet());
    }
    double sum = 0;
    for (double other : nats.values()) {
      sum += Math.exp(own - other);
    }
    return 1 / sum;
  }

  /** {@return the probability of {@link #label}} */
  public double probability() {
    return probability(label);
  }
}

package org.charrnn.text.config;

/** How the workers of a training change its parameters together. */
public enum RoundMode {
  /**
   * Each worker trains on a part of the text of its own; after a round of steps, an outer step
   * moves the parameters by the mean of the changes: Douillard et al., "DiLoCo: Distributed
   * Low-Communication Training of Language Models", 2023.
   */
  OUTER,
  /**
   * Each worker reads one window of a step; the mean of the gradients makes the step, as if one
   * machine had accumulated as many windows.
   */
  GRADIENT
}

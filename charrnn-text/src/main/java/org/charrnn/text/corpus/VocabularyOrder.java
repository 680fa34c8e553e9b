package org.charrnn.text.corpus;

/** The order of the ids of a vocabulary. */
public enum VocabularyOrder {
  /** The symbols sorted by their code points. */
  CODE_POINT,
  /**
   * The most frequent symbol first; those that occur equally often are sorted by their code points.
   */
  FREQUENCY
}

package org.charrnn.text.config;

/** How to treat symbols of a text that a model which is fine-tuned on it does not know. */
public enum NewSymbols {
  /** The vocabulary and the tables of the model grow. */
  EXTEND,
  /** The text is refused. */
  REFUSE
}

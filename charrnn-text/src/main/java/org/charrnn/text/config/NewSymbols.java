package org.charrnn.text.config;

/** What happens to symbols of a text that a model does not know which is to learn from it. */
public enum NewSymbols {
  /** The model gets to know them: its vocabulary and its tables grow. */
  EXTEND,
  /** The text is refused. */
  REFUSE
}

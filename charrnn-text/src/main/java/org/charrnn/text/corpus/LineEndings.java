package org.charrnn.text.corpus;

/** How line endings are read. */
public enum LineEndings {

  /**
   * {@code \r\n} and a lone {@code \r} become {@code \n}, so that a model learns one kind of line
   * ending.
   */
  FOLD {
    @Override
    String apply(String text) {
      return text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
    }
  },

  /** Each stays as it is. */
  KEEP {
    @Override
    String apply(String text) {
      return text;
    }
  };

  abstract String apply(String text);
}

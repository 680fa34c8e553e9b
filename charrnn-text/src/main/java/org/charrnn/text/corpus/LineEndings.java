package org.charrnn.text.corpus;

/** What becomes of the ends of lines when a text is read. */
public enum LineEndings {

  /**
   * {@code \r\n} and a lone {@code \r} become {@code \n}, so that a model learns one kind of line
   * end.
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

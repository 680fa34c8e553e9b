package org.charrnn.text.problem;

import org.jspecify.annotations.Nullable;

/** Something is wrong that the user can mend. The message says what, where, and how. */
public abstract sealed class CharRnnException extends RuntimeException
    permits CheckpointException,
        ConfigFileException,
        CorpusException,
        InvalidOptionException,
        MalformedTextException,
        OutputException,
        TextTooShortException,
        TrainingDivergedException,
        UnknownSymbolException {

  private static final long serialVersionUID = 1;

  CharRnnException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  CharRnnException(String message) {
    this(message, null);
  }
}

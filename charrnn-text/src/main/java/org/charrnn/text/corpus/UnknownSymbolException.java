package org.charrnn.text.corpus;

import org.charrnn.api.CharRnnException;

/** A text has a symbol that the vocabulary of the model lacks. */
public final class UnknownSymbolException extends CharRnnException {

  private static final long serialVersionUID = 1;

  private final String symbol;

  /**
   * A symbol without an id.
   *
   * @param symbol which one
   * @param message what is wrong, and the nearest way out
   */
  public UnknownSymbolException(String symbol, String message) {
    super(message);
    this.symbol = symbol;
  }

  /** The symbol that the vocabulary lacks. */
  public String symbol() {
    return symbol;
  }
}

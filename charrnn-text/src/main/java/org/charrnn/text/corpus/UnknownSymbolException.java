package org.charrnn.text.corpus;

import org.charrnn.api.CharRnnException;

/** A text has a symbol that is not in the vocabulary of the model. */
public final class UnknownSymbolException extends CharRnnException {

  private static final long serialVersionUID = 1;

  /** The symbol. */
  private final String symbol;

  /**
   * Creates an exception.
   *
   * @param symbol the symbol
   * @param message the problem, and similar symbols
   */
  public UnknownSymbolException(String symbol, String message) {
    super(message);
    this.symbol = symbol;
  }

  /** {@return the unknown symbol} */
  public String symbol() {
    return symbol;
  }
}

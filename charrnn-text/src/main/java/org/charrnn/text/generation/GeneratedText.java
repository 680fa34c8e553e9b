package org.charrnn.text.generation;

import java.util.List;

/**
 * A text that a model wrote.
 *
 * @param begin what it begins with, as the model read it
 * @param continuation what follows, without the stop string
 * @param symbols the symbols of the continuation
 * @param ending why it ends
 */
public record GeneratedText(
    String begin, String continuation, List<GeneratedSymbol> symbols, Ending ending) {
  /** Takes a copy. */
  public GeneratedText {
    symbols = List.copyOf(symbols);
  }

  /** Why a text ends. */
  public enum Ending {
    /** It has the length that was wanted. */
    LENGTH,
    /** The stop string came next. */
    STOP,
    /** No symbol is left that would not repeat an n-gram. */
    NOTHING_LEFT
  }

  /** All of it. */
  public String text() {
    return begin + continuation;
  }
}

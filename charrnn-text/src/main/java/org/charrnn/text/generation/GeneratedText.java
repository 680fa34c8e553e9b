package org.charrnn.text.generation;

import java.util.List;

/**
 * A text that a model generated.
 *
 * @param prompt the prompt as the model read it
 * @param continuation the text after it, without a stop string
 * @param symbols the symbols of the continuation
 * @param ending why it ends
 */
public record GeneratedText(
    String prompt, String continuation, List<GeneratedSymbol> symbols, Ending ending) {
  /** Copies the list. */
  public GeneratedText {
    symbols = List.copyOf(symbols);
  }

  /** Why a text ends. */
  public enum Ending {
    /** It has the requested length. */
    LENGTH,
    /** A stop string follows. */
    STOP,
    /** Every symbol would repeat an n-gram. */
    NOTHING_LEFT,
    /** The thread was interrupted. */
    INTERRUPTED,
    /** The time limit of the request was exceeded. */
    TIME_LIMIT
  }

  /** The prompt and the continuation. */
  public String text() {
    return prompt + continuation;
  }
}

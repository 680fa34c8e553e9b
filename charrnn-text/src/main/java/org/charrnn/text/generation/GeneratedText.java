package org.charrnn.text.generation;

import java.util.List;
import org.charrnn.text.config.ReadingDirection;

/**
 * A text that a model generated.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param prompt the prompt as the model read it
 * @param continuation the text after it, without a stop string; the text before it if the model
 *     reads backward
 * @param symbols the symbols of the continuation, in the order in which they were generated
 * @param ending why it ends
 * @param direction the direction of the model
 */
public record GeneratedText(
    String prompt,
    String continuation,
    List<GeneratedSymbol> symbols,
    Ending ending,
    ReadingDirection direction) {
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

  /** {@return the prompt and the continuation, in the order of the text} */
  public String text() {
    return direction == ReadingDirection.FORWARD ? prompt + continuation : continuation + prompt;
  }
}

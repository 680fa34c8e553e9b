package org.charrnn.text.generation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.scoring.State;
import org.charrnn.text.unicode.Surrogates;

/**
 * The text that generation starts from: as a user {@linkplain Typed typed} it, as a model has
 * {@linkplain Encoded encoded} it, or as a model has {@linkplain Continued read} it.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
public sealed interface Prompt {

  /**
   * A prompt that a model has yet to encode.
   *
   * @param text the text, at least one symbol
   * @param unknown how to handle symbols that are not in the vocabulary
   */
  record Typed(String text, UnknownSymbols unknown) implements Prompt {
    /**
     * Checks that the text is well-formed UTF-16.
     *
     * @throws InvalidOptionException if it has an unpaired surrogate
     */
    public Typed {
      if (Surrogates.firstUnpaired(text) >= 0) {
        throw new InvalidOptionException("prompt", text, "text without unpaired surrogates");
      }
    }
  }

  /** A prompt that a model has encoded. It is valid for models with the same vocabulary. */
  final class Encoded implements Prompt {

    private final String text;
    private final int[] ids;
    private final List<String> replaced;
    private final Vocabulary vocabulary;

    /**
     * An encoded prompt; the array is copied.
     *
     * @param text the text as the model reads it
     * @param ids the ids of its symbols, at least one
     * @param replaced descriptions of the symbols of the typed text that were replaced or omitted
     * @param vocabulary the vocabulary of the ids
     */
    public Encoded(String text, int[] ids, List<String> replaced, Vocabulary vocabulary) {
      this.text = text;
      this.ids = ids.clone();
      this.replaced = List.copyOf(replaced);
      this.vocabulary = vocabulary;
    }

    /** {@return the text as the model reads it} */
    @Override
    public String text() {
      return text;
    }

    /** {@return a copy of the ids} */
    public int[] ids() {
      return ids.clone();
    }

    /** {@return descriptions of the symbols that were replaced or omitted, in order, each once} */
    public List<String> replaced() {
      return replaced;
    }

    /** {@return the vocabulary of the ids} */
    public Vocabulary vocabulary() {
      return vocabulary;
    }

    /** {@return the text} */
    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * A prompt that a model has read. It is valid for that model. The state does not contain its
   * text: the text of this prompt is empty, and rules against repetition consider only the last
   * symbol of it.
   *
   * @param state the state after the prompt
   */
  record Continued(State state) implements Prompt {
    /** {@return an empty text} */
    @Override
    public String text() {
      return "";
    }
  }

  /**
   * {@return the prompt that a model has read when it is in that state}
   *
   * @param state the state after the text to continue
   */
  static Prompt of(State state) {
    return new Continued(state);
  }

  /**
   * {@return a prompt all of whose symbols must be in the vocabulary}
   *
   * @param text the text to continue, at least one symbol
   * @throws InvalidOptionException if it has an unpaired surrogate
   */
  static Prompt of(String text) {
    return new Typed(text, UnknownSymbols.ERROR);
  }

  /** {@return the text; empty if the model has read it already} */
  String text();

  /** How to handle symbols of a prompt that are not in the vocabulary. */
  enum UnknownSymbols {
    /** They are reported, and nothing is generated. */
    ERROR,
    /** They are omitted. */
    SKIP,
    /**
     * Each is replaced by the first of these forms that the vocabulary can spell: the Unicode
     * compatibility form NFKC, lower and upper case of both, full width of all these. If there is
     * none, it is reported, and nothing is generated. Simplified and traditional characters are not
     * forms of one another.
     */
    SIMILAR;

    /**
     * {@return the value of that name, ignoring case}
     *
     * @param name the name of a method
     * @throws InvalidOptionException if there is none; the message lists all
     */
    public static UnknownSymbols named(String name) {
      return Arrays.stream(values())
          .filter(value -> value.label().equals(name.toLowerCase(Locale.ROOT)))
          .findFirst()
          .orElseThrow(() -> {
            String all =
                Arrays.stream(values())
                    .map(UnknownSymbols::label)
                    .collect(Collectors.joining(", "));
            return new InvalidOptionException("unknown", name, "one of " + all);
          });
    }

    /** {@return its name in lower case} */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}

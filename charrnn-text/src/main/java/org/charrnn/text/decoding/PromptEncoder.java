package org.charrnn.text.decoding;

import com.google.common.primitives.ImmutableIntArray;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.charrnn.api.Tokenizer;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.corpus.TextFile;
import org.charrnn.text.corpus.TextTooShortException;
import org.charrnn.text.corpus.UnknownSymbolException;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.generation.Prompt;

/** Encodes prompts with the vocabulary of a model. */
public final class PromptEncoder {

  private static final int FIRST_NARROW = '!';
  private static final int LAST_NARROW = '~';
  private static final int FIRST_WIDE = '！';
  private static final int WIDE_SPACE = '\u3000';

  private final Vocabulary vocabulary;
  private final Tokenizer tokenizer;
  private final Corpus.LineEndings lineEndings;

  /** An encoder for a vocabulary and the tokenizer that it was made with. */
  public PromptEncoder(Vocabulary vocabulary, Tokenizer tokenizer) {
    this.vocabulary = vocabulary;
    this.tokenizer = tokenizer;
    boolean hasReturns =
        vocabulary.entries().stream().anyMatch(entry -> entry.symbol().indexOf('\r') >= 0);
    this.lineEndings = hasReturns ? Corpus.LineEndings.KEEP : Corpus.LineEndings.FOLD;
  }

  /**
   * Encodes a prompt, unless it is encoded already.
   *
   * @throws UnknownSymbolException if a symbol is not in the vocabulary and is neither omitted nor
   *     replaced
   * @throws TextTooShortException if no symbol is left
   * @throws IllegalArgumentException if it was encoded with another vocabulary, or is the state of
   *     a model
   */
  public Prompt.Encoded encode(Prompt prompt) {
    return switch (prompt) {
      case Prompt.Typed typed -> encode(typed);
      case Prompt.Encoded encoded -> {
        if (!encoded.vocabulary().equals(vocabulary)) {
          throw new IllegalArgumentException("the prompt was encoded with another vocabulary");
        }
        yield encoded;
      }
      case Prompt.Continued _ ->
          throw new IllegalArgumentException("the state of a model has no symbols to encode");
    };
  }

  private Prompt.Encoded encode(Prompt.Typed typed) {
    String text = read(typed.text());
    ImmutableIntArray.Builder ids = ImmutableIntArray.builder(text.length());
    Set<String> replaced = new LinkedHashSet<>();
    tokenizer.split(
        text,
        symbol -> {
          if (vocabulary.find(symbol).isEmpty()) {
            List<String> replacement = replacement(symbol, typed.unknown());
            replacement.forEach(other -> ids.add(vocabulary.id(other)));
            replaced.add(Vocabulary.describe(symbol));
          } else {
            ids.add(vocabulary.id(symbol));
          }
        });
    int[] encoded = ids.build().toArray();
    if (encoded.length == 0) {
      throw new TextTooShortException(
          "The prompt",
          0,
          1,
          (text.isEmpty() ? "" : "of the vocabulary, ") + "to generate text after it");
    }
    return new Prompt.Encoded(
        vocabulary.decode(encoded, tokenizer), encoded, List.copyOf(replaced), vocabulary);
  }

  /**
   * Reads a typed text as files are read: without byte order marks, with folded line endings unless
   * the vocabulary has carriage returns, and in the canonically equivalent form of which the
   * vocabulary has most.
   */
  public String read(String typed) {
    String text = TextFile.read(typed, lineEndings);
    String best = text;
    for (Form form : List.of(Form.NFC, Form.NFD)) {
      String other = Normalizer.normalize(text, form);
      if (!other.equals(best) && unknown(other) < unknown(best)) {
        best = other;
      }
    }
    return best;
  }

  private int unknown(String text) {
    int[] unknown = {0};
    tokenizer.split(text, symbol -> unknown[0] += vocabulary.find(symbol).isPresent() ? 0 : 1);
    return unknown[0];
  }

  private List<String> replacement(String symbol, Prompt.UnknownSymbols policy) {
    return switch (policy) {
      case ERROR -> List.of(symbol); // the vocabulary reports it
      case SKIP -> List.of();
      case SIMILAR ->
          similar(symbol).stream()
              .map(this::split)
              .filter(it -> it.stream().allMatch(part -> vocabulary.find(part).isPresent()))
              .findFirst()
              .orElse(List.of(symbol));
    };
  }

  private List<String> split(String text) {
    List<String> symbols = new ArrayList<>();
    tokenizer.split(text, symbols::add);
    return symbols;
  }

  /** The forms of a symbol, the most similar first. */
  private static Set<String> similar(String symbol) {
    Set<String> forms = new LinkedHashSet<>();
    String plain = Normalizer.normalize(symbol, Form.NFKC);
    for (String form : List.of(symbol, plain)) {
      String upper = form.toUpperCase(Locale.ROOT);
      forms.addAll(List.of(form, form.toLowerCase(Locale.ROOT), upper));
      forms.add(upper.toLowerCase(Locale.ROOT)); // folds characters with several lower cases
    }
    for (String form : List.copyOf(forms)) {
      forms.add(wide(form));
    }
    forms.remove(""); // NFKC may leave nothing, which would omit the symbol
    return forms;
  }

  private static String wide(String text) {
    StringBuilder wide = new StringBuilder();
    text.codePoints().map(PromptEncoder::wide).forEach(wide::appendCodePoint);
    return wide.toString();
  }

  private static int wide(int point) {
    if (point == ' ') {
      return WIDE_SPACE;
    }
    boolean narrow = point >= FIRST_NARROW && point <= LAST_NARROW;
    return narrow ? point - FIRST_NARROW + FIRST_WIDE : point;
  }
}

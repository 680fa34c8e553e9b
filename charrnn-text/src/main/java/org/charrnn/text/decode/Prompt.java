package org.charrnn.text.decode;

import com.google.common.primitives.ImmutableIntArray;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.charrnn.api.Tokenizer;
import org.charrnn.text.corpus.UnknownSymbolException;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.generation.UnknownSymbols;

/** Turns what a text is to begin with into ids. */
public final class Prompt {

  private static final int FIRST_NARROW = '!';
  private static final int LAST_NARROW = '~';
  private static final int FIRST_WIDE = '！';
  private static final int WIDE_SPACE = '\u3000';

  private final Vocabulary vocabulary;
  private final Tokenizer tokenizer;

  /** For a vocabulary and the tokenizer that it was made with. */
  public Prompt(Vocabulary vocabulary, Tokenizer tokenizer) {
    this.vocabulary = vocabulary;
    this.tokenizer = tokenizer;
  }

  /**
   * The ids.
   *
   * @throws UnknownSymbolException if the vocabulary lacks a symbol, and the policy knows no way
   */
  public int[] ids(String begin, UnknownSymbols policy) {
    ImmutableIntArray.Builder ids = ImmutableIntArray.builder(begin.length());
    tokenizer.split(
        begin,
        symbol -> {
          if (vocabulary.find(symbol).isPresent()) {
            ids.add(vocabulary.id(symbol));
          } else {
            instead(symbol, policy).forEach(other -> ids.add(vocabulary.id(other)));
          }
        });
    return ids.build().toArray();
  }

  private List<String> instead(String symbol, UnknownSymbols policy) {
    return switch (policy) {
      case ERROR -> List.of(symbol); // which the vocabulary tells
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

  /** The forms of a symbol, the nearest first. */
  private static Set<String> similar(String symbol) {
    Set<String> forms = new LinkedHashSet<>();
    String plain = Normalizer.normalize(symbol, Form.NFKC);
    for (String form : List.of(symbol, plain)) {
      String upper = form.toUpperCase(Locale.ROOT);
      forms.addAll(List.of(form, form.toLowerCase(Locale.ROOT), upper));
      forms.add(upper.toLowerCase(Locale.ROOT)); // folds the case of what has several lower ones
    }
    for (String form : List.copyOf(forms)) {
      forms.add(wide(form));
    }
    forms.remove(""); // what NFKC leaves nothing of would be skipped
    return forms;
  }

  private static String wide(String text) {
    StringBuilder wide = new StringBuilder();
    text.codePoints().map(Prompt::wide).forEach(wide::appendCodePoint);
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

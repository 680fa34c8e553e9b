package org.charrnn.text.encoding;

import org.charrnn.api.Tokenizer;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.corpus.Vocabulary;

/** Vocabularies of short texts. */
public final class Vocabularies {

  private Vocabularies() {}

  /** The vocabulary of a text. */
  public static Vocabulary of(String text, Tokenizer tokenizer, Vocabulary.Order order) {
    try (EncodedText encoded = EncodedText.of(Corpus.of(text), tokenizer, order)) {
      return encoded.vocabulary();
    }
  }
}

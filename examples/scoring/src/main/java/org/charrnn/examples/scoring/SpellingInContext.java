package org.charrnn.examples.scoring;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.spell.DirectSpellChecker;
import org.apache.lucene.search.spell.SuggestMode;
import org.apache.lucene.search.spell.SuggestWord;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.charrnn.text.LanguageModel;
import org.charrnn.text.scoring.ScoringOptions;

/**
 * A spelling corrector that reads the sentence: Lucene's DirectSpellChecker suggests words of
 * similar spelling, a model chooses the one that fits the words around it.
 */
public final class SpellingInContext implements AutoCloseable {

  private static final String FIELD = "text";
  private static final int SUGGESTIONS = 8;

  private final DirectSpellChecker checker = new DirectSpellChecker();
  private final DirectoryReader index;
  private final LanguageModel model;

  /** A corrector for texts like these lines of words. */
  public SpellingInContext(List<String> lines) throws IOException {
    ByteBuffersDirectory directory = new ByteBuffersDirectory();
    try (IndexWriter writer =
        new IndexWriter(directory, new IndexWriterConfig(new WhitespaceAnalyzer()))) {
      for (String line : lines) {
        Document document = new Document();
        document.add(new TextField(FIELD, line, Field.Store.NO));
        writer.addDocument(document);
      }
    }
    this.index = DirectoryReader.open(directory);
    this.model = SmallModel.train(lines, 20);
    checker.setMinPrefix(0);
    checker.setMinQueryLength(3);
    checker.setAccuracy(0.3f);
  }

  /** The words of similar spelling, the most similar first. */
  public List<String> suggestions(String word) throws IOException {
    SuggestWord[] found =
        checker.suggestSimilar(
            new Term(FIELD, word), SUGGESTIONS, index, SuggestMode.SUGGEST_WHEN_NOT_IN_INDEX);
    return Arrays.stream(found).map(suggestion -> suggestion.string).toList();
  }

  /** The sentence with each of the suggestions for the word at {@code position}. */
  public List<String> candidates(String sentence, int position) throws IOException {
    List<String> words = new ArrayList<>(List.of(sentence.split(" ")));
    List<String> sentences = new ArrayList<>();
    for (String suggestion : suggestions(words.get(position))) {
      words.set(position, suggestion);
      sentences.add(String.join(" ", words));
    }
    return sentences;
  }

  /** The sentence with the word at {@code position} replaced by the suggestion that fits best. */
  public String corrected(String sentence, int position) throws IOException {
    List<String> sentences = candidates(sentence, position);
    if (sentences.isEmpty()) {
      return sentence;
    }
    ScoringOptions priced =
        ScoringOptions.standard().withUnknownPrice(ScoringOptions.ANY_CODE_POINT_NATS);
    return model.rank(sentences, priced).getFirst().text();
  }

  @Override
  public void close() throws IOException {
    model.close();
    index.close();
  }
}

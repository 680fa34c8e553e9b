package org.charrnn.text;

import com.google.common.collect.Iterators;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.scoring.ScoringOptions;
import org.charrnn.text.scoring.TextScore;

/**
 * Finds the model under which a text is most probable: the language, author, domain or kind of a
 * text, with a model for each. Characters that a model does not know cost it 21 bits each unless
 * the options say otherwise, so that models with different vocabularies can be compared.
 *
 * <p><b>Thread safety.</b> That of the models, which it does not close.
 */
public final class TextClassifier {

  /** How many texts are scored by one model before the next model reads them. */
  private static final int BATCH = 1000;

  private final Map<String, LanguageModel> models;
  private final ScoringOptions options;

  private TextClassifier(Map<String, LanguageModel> models, ScoringOptions options) {
    this.models = models;
    this.options = options;
  }

  /**
   * {@return a classifier of models by label}
   *
   * @param models at least one; their order decides between labels that are equally probable
   * @throws InvalidOptionException if there is no model
   */
  public static TextClassifier of(Map<String, LanguageModel> models) {
    if (models.isEmpty()) {
      throw new InvalidOptionException("models", models, "at least one model");
    }
    return new TextClassifier(
        new LinkedHashMap<>(models),
        ScoringOptions.standard().withUnknownPrice(ScoringOptions.ANY_CODE_POINT_NATS));
  }

  /**
   * {@return the same with other options}
   *
   * @param other the context and the price of unknown symbols
   */
  public TextClassifier withOptions(ScoringOptions other) {
    return new TextClassifier(models, other);
  }

  /**
   * {@return the class of a text}
   *
   * @param text the text
   * @throws org.charrnn.text.corpus.UnknownSymbolException if the options have no price for unknown
   *     characters, and a model does not know one
   * @throws org.charrnn.text.evaluation.ModelDivergedException if a loss is not finite
   * @throws IllegalStateException if a model is closed
   */
  public Classification classify(String text) {
    return classify(List.of(text)).getFirst();
  }

  /**
   * {@return the classes of many texts, in their order} The stream is lazy; closing it closes the
   * texts.
   *
   * @param texts the texts; each model reads 1,000 of them before the next one does
   * @throws org.charrnn.api.CharRnnException from the terminal operation, as {@link #classify}
   */
  public Stream<Classification> classifyAll(Stream<String> texts) {
    Spliterator<List<String>> batches =
        Spliterators.spliteratorUnknownSize(
            Iterators.partition(texts.iterator(), BATCH), Spliterator.ORDERED);
    return StreamSupport.stream(batches, false)
        .flatMap(batch -> classify(batch).stream())
        .onClose(texts::close);
  }

  private List<Classification> classify(List<String> texts) {
    List<Map<String, Double>> nats = new ArrayList<>();
    texts.forEach(_ -> nats.add(new LinkedHashMap<>()));
    models.forEach((label, model) -> {
      List<TextScore> scores = model.scoreAll(texts.stream(), options).toList();
      for (int i = 0; i < scores.size(); i++) {
        nats.get(i).put(label, scores.get(i).nats());
      }
    });
    List<Classification> classes = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      classes.add(new Classification(texts.get(i), best(nats.get(i)), nats.get(i)));
    }
    return classes;
  }

  private static String best(Map<String, Double> nats) {
    return nats.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }

  /**
   * The class of a text.
   *
   * <p><b>Thread safety.</b> Immutable.
   *
   * @param text the text
   * @param label the label of the model under which the text is most probable; of equally probable
   *     ones the first
   * @param nats {@code -log p(text)} under the model of each label, in the order of the classifier
   */
  public record Classification(String text, String label, Map<String, Double> nats) {
    /**
     * Copies the map.
     *
     * @throws IllegalArgumentException if the map has no number for the label
     */
    public Classification {
      nats = Collections.unmodifiableMap(new LinkedHashMap<>(nats));
      if (!nats.containsKey(label)) {
        throw new IllegalArgumentException("no score for " + label + ": " + nats);
      }
    }

    /**
     * {@return the probability that the text has a label, if all labels are equally probable before
     * it is read}
     *
     * @param of a label
     * @throws IllegalArgumentException if there is no such label
     */
    public double probability(String of) {
      Double own = nats.get(of);
      if (own == null) {
        throw new IllegalArgumentException("no label '" + of + "', only " + nats.keySet());
      }
      double sum = 0;
      for (double other : nats.values()) {
        sum += Math.exp(own - other);
      }
      return 1 / sum;
    }

    /** {@return the probability of {@link #label}} */
    public double probability() {
      return probability(label);
    }
  }
}

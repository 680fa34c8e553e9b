package org.charrnn.examples.scoring;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.charrnn.text.LanguageModel;
import org.charrnn.text.TextClassifier;

/** Finds the language of a line with a small model for each language. */
public final class LanguageIdentification implements AutoCloseable {

  private final Map<String, LanguageModel> models = new LinkedHashMap<>();
  private final TextClassifier classifier;

  /** Learns from a few lines in each language. */
  public LanguageIdentification(Map<String, List<String>> lines) {
    lines.forEach((language, some) -> models.put(language, SmallModel.train(some, 40)));
    this.classifier = TextClassifier.of(models);
  }

  /** The language of a line, and the probability of each. */
  public TextClassifier.Classification classify(String line) {
    return classifier.classify(line);
  }

  @Override
  public void close() {
    models.values().forEach(LanguageModel::close);
  }
}

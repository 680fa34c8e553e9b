package org.charrnn.examples.scoring;

import java.util.List;
import java.util.stream.Stream;
import org.charrnn.text.LanguageModel;
import org.charrnn.text.scoring.ScoringOptions;
import org.charrnn.text.scoring.TextScore;

/** Keeps the lines of a corpus that read like a few good ones. */
public final class CorpusFilter implements AutoCloseable {

  private static final ScoringOptions PRICED =
      ScoringOptions.standard().withUnknownPrice(ScoringOptions.ANY_CODE_POINT_NATS);

  private final LanguageModel model;
  private final double maxBits;

  /**
   * A filter.
   *
   * @param good lines to learn from
   * @param maxBits the maximum number of bits per character of a line that is kept
   */
  public CorpusFilter(List<String> good, double maxBits) {
    this.model = SmallModel.train(good, 20);
    this.maxBits = maxBits;
  }

  /** The lines to keep, lazily and in order. */
  public Stream<String> filter(Stream<String> lines) {
    return model
        .scoreAll(lines, PRICED)
        .filter(score -> score.bitsPerCharacter() <= maxBits)
        .map(TextScore::text);
  }

  @Override
  public void close() {
    model.close();
  }
}

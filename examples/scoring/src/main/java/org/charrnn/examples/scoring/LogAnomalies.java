package org.charrnn.examples.scoring;

import java.util.List;
import java.util.stream.Stream;
import org.charrnn.text.LanguageModel;
import org.charrnn.text.scoring.ScoringOptions;
import org.charrnn.text.scoring.TextScore;

/** Finds the lines of a log that are unlike those of an ordinary day. */
public final class LogAnomalies implements AutoCloseable {

  private static final ScoringOptions PRICED =
      ScoringOptions.standard().withUnknownPrice(ScoringOptions.ANY_CODE_POINT_NATS);

  private final LanguageModel model;
  private final double limit;

  /**
   * Learns what is ordinary.
   *
   * @param ordinary lines to learn from
   * @param others other ordinary lines: what surprises more than all of these is reported
   */
  public LogAnomalies(List<String> ordinary, List<String> others) {
    this.model = SmallModel.train(ordinary, 8);
    this.limit =
        model
            .scoreAll(others.stream(), PRICED)
            .mapToDouble(TextScore::bitsPerCharacter)
            .max()
            .orElseThrow();
  }

  /** The lines that surprise, lazily and in order. */
  public Stream<TextScore> find(Stream<String> lines) {
    return model.scoreAll(lines, PRICED).filter(score -> score.bitsPerCharacter() > limit);
  }

  @Override
  public void close() {
    model.close();
  }
}

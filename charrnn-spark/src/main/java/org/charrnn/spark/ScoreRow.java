package org.charrnn.spark;

import java.util.OptionalDouble;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.charrnn.text.scoring.ScoringOptions;
import org.charrnn.text.scoring.TextScore;

/** A score as a struct. */
final class ScoreRow {

  static final StructType TYPE =
      new StructType()
          .add("log_probability", DataTypes.DoubleType, false)
          .add("bits_per_character", DataTypes.DoubleType, false)
          .add("perplexity", DataTypes.DoubleType, false)
          .add("unknown", DataTypes.IntegerType, false)
          .add("surprising", DataTypes.StringType, false)
          .add("surprising_start", DataTypes.IntegerType, false)
          .add("surprising_bits", DataTypes.DoubleType, false);

  private static final double LN_2 = Math.log(2);

  private ScoreRow() {}

  /**
   * The options of a score.
   *
   * @param unknownNats the price of an unknown character; negative to reject it
   */
  static ScoringOptions options(double unknownNats) {
    return new ScoringOptions(
        java.util.Optional.empty(),
        unknownNats < 0 ? OptionalDouble.empty() : OptionalDouble.of(unknownNats));
  }

  static Row of(TextScore score, int spanLength) {
    double[] logProbabilities = score.logProbabilities();
    int length = Math.min(Math.max(1, spanLength), logProbabilities.length);
    int start = mostSurprising(logProbabilities, length);
    double nats = 0;
    for (int i = start; i < start + length; i++) {
      nats -= logProbabilities[i];
    }
    return RowFactory.create(
        score.logProbability(),
        score.bitsPerCharacter(),
        score.perplexity(),
        score.unknown(),
        String.join("", score.symbols().subList(start, start + length)),
        start,
        nats / LN_2 / Math.max(1, length));
  }

  /** The start of the span with the lowest sum; the first of several equal ones. */
  private static int mostSurprising(double[] logProbabilities, int length) {
    double sum = 0;
    for (int i = 0; i < length; i++) {
      sum += logProbabilities[i];
    }
    int best = 0;
    double lowest = sum;
    for (int i = length; i < logProbabilities.length; i++) {
      sum += logProbabilities[i] - logProbabilities[i - length];
      if (sum < lowest) {
        lowest = sum;
        best = i - length + 1;
      }
    }
    return best;
  }
}

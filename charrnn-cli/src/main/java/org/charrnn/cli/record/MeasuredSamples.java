package org.charrnn.cli.record;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.charrnn.text.evaluation.TextMeasures;
import tools.jackson.databind.json.JsonMapper;

/**
 * Statistics of several texts that the model generated for a save: one line of {@code
 * measures.jsonl}.
 *
 * @param step the number of steps completed
 * @param epoch the epoch of the last step
 * @param samples the number of texts
 * @param characters the number of characters of all texts
 * @param distinct2 as in {@link TextMeasures}
 * @param repeated4 as in {@link TextMeasures}
 * @param longestRepeat as in {@link TextMeasures}
 * @param longestCopy the length of the longest substring of any text that occurs in the training
 *     text; empty if they were not compared
 * @param longestCopyOf95Percent the same for 95 in 100 texts
 * @param copied8 the fraction of 8-grams that occur in the training text
 */
public record MeasuredSamples(
    long step,
    int epoch,
    int samples,
    long characters,
    double distinct2,
    double repeated4,
    int longestRepeat,
    OptionalInt longestCopy,
    OptionalInt longestCopyOf95Percent,
    double copied8) {

  public static MeasuredSamples of(long step, int epoch, TextMeasures measures) {
    Optional<TextMeasures.Novelty> novelty = measures.novelty();
    return new MeasuredSamples(
        step,
        epoch,
        measures.samples(),
        measures.characters(),
        measures.distinct2(),
        measures.repeated4(),
        measures.longestRepeat(),
        novelty.map(it -> OptionalInt.of(it.longestCopy())).orElse(OptionalInt.empty()),
        novelty.map(it -> OptionalInt.of(it.longestCopyOf95Percent())).orElse(OptionalInt.empty()),
        novelty.map(TextMeasures.Novelty::copied8).orElse(0.0));
  }

  public String line() {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("step", step);
    line.put("epoch", epoch);
    line.put("samples", samples);
    line.put("characters", characters);
    line.put("distinct_2", distinct2);
    line.put("repeated_4", repeated4);
    line.put("longest_repeat", longestRepeat);
    if (longestCopy.isPresent()) {
      line.put("longest_copy", longestCopy.getAsInt());
      line.put("longest_copy_of_95_percent", longestCopyOf95Percent.orElse(0));
      line.put("copied_8", copied8);
    }
    return JsonMapper.shared().writeValueAsString(line);
  }

  /**
   * Parses a line.
   *
   * @throws IOException if it is malformed
   */
  public static MeasuredSamples parse(String line) throws IOException {
    JsonFields fields = JsonFields.parse(line);
    return new MeasuredSamples(
        fields.integer("step", 0),
        fields.smallInteger("epoch", 0),
        fields.smallInteger("samples", 1),
        fields.integer("characters", 0),
        fields.number("distinct_2"),
        fields.number("repeated_4"),
        fields.smallInteger("longest_repeat", 0),
        fields.optionalInteger("longest_copy", 0),
        fields.optionalInteger("longest_copy_of_95_percent", 0),
        fields.optionalNumber("copied_8").orElse(0));
  }

  /** The last one, if any. */
  public static Optional<MeasuredSamples> last(List<MeasuredSamples> all) {
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }
}

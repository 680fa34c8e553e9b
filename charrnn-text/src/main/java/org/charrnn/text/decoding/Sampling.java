package org.charrnn.text.decoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.charrnn.text.generation.GeneratedText.Ending;
import org.charrnn.text.generation.Sampler;

/**
 * Generates several texts at once, one in each row, each with its own random generator: the text of
 * a row does not depend on the others.
 */
final class Sampling {

  private final Scorer scorer;
  private final Sampler sampler;
  private final TokenChooser chooser;
  private final Scores scores;
  private final boolean logProbabilities;
  private final BooleanSupplier cancelled;

  /** A text in progress. */
  private static final class Row {
    private final RandomGenerator random;
    private final RepetitionRules rules;
    private Hypothesis hypothesis;

    Row(RandomGenerator random, RepetitionRules rules, Hypothesis hypothesis) {
      this.random = random;
      this.rules = rules;
      this.hypothesis = hypothesis;
    }
  }

  /**
   * Prepares to generate.
   *
   * @param logProbabilities whether to compute log-probabilities
   * @param cancelled asked before each symbol
   */
  Sampling(Scorer scorer, Sampler sampler, boolean logProbabilities, BooleanSupplier cancelled) {
    this.scorer = scorer;
    this.sampler = sampler;
    this.chooser = new TokenChooser(sampler, scorer.vocabularySize());
    this.scores = new Scores(scorer.vocabularySize());
    this.logProbabilities = logProbabilities;
    this.cancelled = cancelled;
  }

  /**
   * Generates. If it is canceled, all texts end before their next symbol.
   *
   * @param prompt the ids of the prompt, at least one
   * @param length the maximum number of ids after it
   * @param randoms one for each row
   * @param stops whether a hypothesis ends with its last id
   * @param extended receives each hypothesis after it was extended
   * @return the texts, in the order of the generators
   */
  List<Hypothesis> generate(
      int[] prompt,
      int length,
      List<? extends RandomGenerator> randoms,
      Predicate<Hypothesis> stops,
      Consumer<Hypothesis> extended) {
    Hypothesis start = Hypothesis.of(prompt);
    RepetitionRules rules = new RepetitionRules(sampler.repetition(), start);
    List<Row> rows = new ArrayList<>();
    randoms.forEach(random -> rows.add(new Row(random, rules.forAnotherText(), start)));
    int[] next = new int[rows.size()];
    int[] same = new int[rows.size()];
    Arrays.setAll(same, row -> row);
    scorer.begin(prompt, rows.size());
    for (int i = 0; i < length && !allEnded(rows); i++) {
      if (cancelled.getAsBoolean()) {
        endAll(rows, Ending.INTERRUPTED);
        break;
      }
      if (i > 0) {
        scorer.advance(same, next);
      }
      for (int row = 0; row < next.length; row++) {
        if (!rows.get(row).hypothesis.hasEnded()) { // the others read an id whose result is unused
          next[row] = extend(rows.get(row), row, stops, extended);
        }
      }
    }
    endAll(rows, Ending.LENGTH);
    return rows.stream().map(row -> row.hypothesis).toList();
  }

  private static boolean allEnded(List<Row> rows) {
    return rows.stream().allMatch(row -> row.hypothesis.hasEnded());
  }

  private static void endAll(List<Row> rows, Ending why) {
    for (Row row : rows) {
      if (!row.hypothesis.hasEnded()) {
        row.hypothesis = row.hypothesis.ended(why);
      }
    }
  }

  private int extend(
      Row row, int number, Predicate<Hypothesis> stops, Consumer<Hypothesis> extended) {
    scores.read(scorer, number);
    row.rules.apply(scores.values(), row.hypothesis);
    int id = chooser.choose(scores.values(), row.random);
    if (id == TokenChooser.NONE) {
      row.hypothesis = row.hypothesis.ended(Ending.NOTHING_LEFT);
      return 0;
    }
    row.hypothesis =
        row.hypothesis.extendedBy(id, logProbabilities ? scores.logProbability(id) : 0);
    row.rules.add(row.hypothesis);
    if (stops.test(row.hypothesis)) {
      row.hypothesis = row.hypothesis.ended(Ending.STOP);
    }
    extended.accept(row.hypothesis);
    return id;
  }
}

package org.charrnn.text.decode;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.charrnn.text.generation.GeneratedText.Ending;
import org.charrnn.text.generation.Sampler;

/**
 * Writes several texts side by side, one in each row, each with a generator of its own: what is
 * written in a row does not depend on the others.
 */
public final class Sampling {

  private final Scorer scorer;
  private final Sampler sampler;
  private final TokenChooser choice;
  private final Scores scores;
  private final boolean logProbabilities;

  /**
   * Prepares.
   *
   * @param logProbabilities whether the drafts are to have those
   */
  public Sampling(Scorer scorer, Sampler sampler, boolean logProbabilities) {
    this.scorer = scorer;
    this.sampler = sampler;
    this.choice = new TokenChooser(sampler, scorer.vocabularySize());
    this.scores = new Scores(scorer.vocabularySize());
    this.logProbabilities = logProbabilities;
  }

  /**
   * Writes.
   *
   * @param begin what all begin with, at least one id
   * @param length the most ids to write after it
   * @param randoms one for each row
   * @param stops whether a draft has come to its end with the last id
   * @param written receives a draft whenever it got longer; for what becomes of its end, see the
   *     result
   * @return the drafts, in the order of the generators
   */
  public List<Hypothesis> write(
      int[] begin,
      int length,
      List<? extends RandomGenerator> randoms,
      Predicate<Hypothesis> stops,
      Consumer<Hypothesis> written) {
    int rows = randoms.size();
    List<Hypothesis> drafts = Stream.generate(() -> new Hypothesis(begin)).limit(rows).toList();
    int[] next = new int[rows];
    int[] same = new int[rows];
    Arrays.setAll(same, row -> row);
    scorer.begin(begin, rows);
    for (int i = 0; i < length && !drafts.stream().allMatch(Hypothesis::hasEnded); i++) {
      if (i > 0) {
        scorer.advance(same, next);
      }
      for (int row = 0; row < rows; row++) {
        Hypothesis draft = drafts.get(row);
        if (!draft.hasEnded()) { // one that has reads its last id again, for nobody
          next[row] = prolong(draft, row, randoms.get(row), stops, written);
        }
      }
    }
    drafts.stream().filter(draft -> !draft.hasEnded()).forEach(draft -> draft.end(Ending.LENGTH));
    return drafts;
  }

  private int prolong(
      Hypothesis draft,
      int row,
      RandomGenerator random,
      Predicate<Hypothesis> stops,
      Consumer<Hypothesis> written) {
    scores.read(scorer, row);
    scores.apply(sampler.repetition(), draft);
    int id = choice.choose(scores.values(), random);
    if (id == TokenChooser.NONE) {
      draft.end(Ending.NOTHING_LEFT);
      return 0;
    }
    draft.append(id, logProbabilities ? scores.logProbability(id) : 0);
    if (stops.test(draft)) {
      draft.end(Ending.STOP);
    }
    written.accept(draft);
    return id;
  }
}

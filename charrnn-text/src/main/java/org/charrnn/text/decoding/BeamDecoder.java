package org.charrnn.text.decoding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.charrnn.text.generation.BeamSearch;
import org.charrnn.text.generation.GeneratedText.Ending;

/** Extends the best hypotheses of one text, each in its own row, as {@link BeamSearch} says. */
final class BeamDecoder {

  /** A hypothesis and its log-probability after the rules against repetition. */
  private record Scored(Hypothesis hypothesis, double score) {}

  /**
   * A possible extension.
   *
   * @param row the row of the hypothesis to extend
   * @param id the next id
   * @param score the log-probability of the extended hypothesis
   * @param logProbability of the id, under the model
   */
  private record Candidate(int row, int id, double score, double logProbability) {}

  /** The sort is stable: equal ones stay in the order of their rows, and within a row of rank. */
  private static final Comparator<Candidate> BEST_FIRST =
      Comparator.comparingDouble(Candidate::score).reversed();

  private final Scorer scorer;
  private final BooleanSupplier cancelled;
  private final BeamSearch search;
  private final Scores scores;
  private final Ranking ranking;
  private List<Scored> live = List.of();
  private final List<Scored> ended = new ArrayList<>();

  /**
   * Prepares a search.
   *
   * @param cancelled asked before each symbol
   */
  BeamDecoder(Scorer scorer, BeamSearch search, BooleanSupplier cancelled) {
    this.cancelled = cancelled;
    this.scorer = scorer;
    this.search = search;
    this.scores = new Scores(scorer.vocabularySize());
    this.ranking = new Ranking(scorer.vocabularySize());
  }

  /**
   * Searches. If it is canceled, all hypotheses end before their next symbol.
   *
   * @param prompt the ids of the prompt, at least one
   * @param length the maximum number of ids after it
   * @param stops whether a hypothesis ends with its last id
   * @return the best text that was found, with log-probabilities
   */
  Hypothesis generate(int[] prompt, int length, Predicate<Hypothesis> stops) {
    Hypothesis start = Hypothesis.of(prompt);
    RepetitionRules rules = new RepetitionRules(search.repetition(), start);
    live = List.of(new Scored(start, 0));
    ended.clear();
    scorer.begin(prompt, search.width());
    Ending ending = Ending.LENGTH;
    for (int i = 0; i < length && !live.isEmpty(); i++) {
      if (cancelled.getAsBoolean()) {
        ending = Ending.INTERRUPTED;
        break;
      }
      extend(candidates(rules), stops, i + 1 == length);
      live.forEach(scored -> rules.add(scored.hypothesis()));
    }
    for (Scored scored : live) {
      end(scored, ending);
    }
    return best();
  }

  /** The best extensions of all rows, the best first, as many as hypotheses may be live. */
  private List<Candidate> candidates(RepetitionRules rules) {
    List<Candidate> candidates = new ArrayList<>();
    int places = search.width() - ended.size();
    for (int row = 0; row < live.size(); row++) {
      Scored scored = live.get(row);
      scores.read(scorer, row);
      rules.apply(scores.values(), scored.hypothesis());
      ranking.of(scores.values());
      if (ranking.left() == 0) {
        end(scored, Ending.NOTHING_LEFT);
      } else {
        add(row, scored, Math.min(places, ranking.left()), candidates);
      }
    }
    candidates.sort(BEST_FIRST);
    return candidates.subList(0, Math.min(search.width() - ended.size(), candidates.size()));
  }

  /**
   * The best extensions of one row. Others cannot be among the best of all, and their rank decides
   * which of two comes first if their scores are equal after rounding.
   */
  private void add(int row, Scored scored, int count, List<Candidate> candidates) {
    double logSum = scores.logSum();
    double logSumOfModel = scores.logSumOfModel();
    for (int i = 0; i < count; i++) {
      int id = ranking.next();
      double score = scored.score() + (scores.values()[id] - logSum);
      candidates.add(new Candidate(row, id, score, scores.given(id) - logSumOfModel));
    }
  }

  private void extend(List<Candidate> candidates, Predicate<Hypothesis> stops, boolean last) {
    List<Scored> extended = new ArrayList<>();
    int[] parents = new int[search.width()];
    int[] ids = new int[search.width()];
    for (int row = 0; row < parents.length; row++) {
      parents[row] = row; // unused rows read id 0
    }
    for (Candidate candidate : candidates) {
      Hypothesis hypothesis =
          live.get(candidate.row())
              .hypothesis()
              .extendedBy(candidate.id(), candidate.logProbability());
      Scored scored = new Scored(hypothesis, candidate.score());
      if (stops.test(hypothesis)) {
        end(scored, Ending.STOP);
      } else {
        parents[extended.size()] = candidate.row();
        ids[extended.size()] = candidate.id();
        extended.add(scored);
      }
    }
    live = extended;
    if (!last && !live.isEmpty()) {
      scorer.advance(parents, ids);
    }
  }

  private void end(Scored scored, Ending why) {
    ended.add(new Scored(scored.hypothesis().ended(why), scored.score()));
  }

  /** Of equally good ones the one that ended first. */
  private Hypothesis best() {
    Scored best = ended.getFirst();
    for (Scored other : ended) {
      if (normalized(other) > normalized(best)) {
        best = other;
      }
    }
    return best.hypothesis();
  }

  private double normalized(Scored scored) {
    int length = Math.max(1, scored.hypothesis().size());
    return scored.score() / StrictMath.pow(length, search.lengthPenalty());
  }
}

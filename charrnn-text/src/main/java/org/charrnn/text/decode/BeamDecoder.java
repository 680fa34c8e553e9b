package org.charrnn.text.decode;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.charrnn.text.generation.BeamSearch;
import org.charrnn.text.generation.GeneratedText.Ending;

/**
 * Follows the best beginnings of one text, each in a row of its own, as {@link BeamSearch} says.
 */
public final class BeamDecoder {

  /** A beginning and its log-probability after what is done against repetition. */
  private record Beginning(Hypothesis draft, double score) {}

  /**
   * A beginning that may be gone on with.
   *
   * @param row where its shorter self stands
   * @param id what comes next
   * @param score the log-probability with that
   * @param logProbability of the id, under the model
   */
  private record Candidate(int row, int id, double score, double logProbability) {}

  /** A stable sort leaves equal ones in the order of the rows, and those of a row in their rank. */
  private static final Comparator<Candidate> BEST_FIRST =
      Comparator.comparingDouble(Candidate::score).reversed();

  private final Scorer scorer;
  private final BeamSearch search;
  private final Scores scores;
  private final Ranking ranking;
  private List<Beginning> live = List.of();
  private final List<Beginning> ended = new ArrayList<>();

  /** Prepares one search. */
  public BeamDecoder(Scorer scorer, BeamSearch search) {
    this.scorer = scorer;
    this.search = search;
    this.scores = new Scores(scorer.vocabularySize());
    this.ranking = new Ranking(scorer.vocabularySize());
  }

  /**
   * Searches.
   *
   * @param begin what the text begins with, at least one id
   * @param length the most ids to write after it
   * @param stops whether a draft has come to its end with the last id
   * @return the best text that was found, with log-probabilities
   */
  public Hypothesis write(int[] begin, int length, Predicate<Hypothesis> stops) {
    live = List.of(new Beginning(new Hypothesis(begin), 0));
    ended.clear();
    scorer.begin(begin, search.width());
    for (int i = 0; i < length && !live.isEmpty(); i++) {
      prolong(candidates(), stops, i + 1 == length);
    }
    live.forEach(beginning -> end(beginning, Ending.LENGTH));
    return best();
  }

  /** The best ones of all, the best first, no more than there are places. */
  private List<Candidate> candidates() {
    List<Candidate> candidates = new ArrayList<>();
    int places = search.width() - ended.size();
    for (int row = 0; row < live.size(); row++) {
      Beginning beginning = live.get(row);
      scores.read(scorer, row);
      scores.apply(search.repetition(), beginning.draft());
      ranking.of(scores.values());
      if (ranking.left() == 0) {
        end(beginning, Ending.NOTHING_LEFT);
      } else {
        add(row, beginning, Math.min(places, ranking.left()), candidates);
      }
    }
    candidates.sort(BEST_FIRST);
    return candidates.subList(0, Math.min(search.width() - ended.size(), candidates.size()));
  }

  /**
   * The best ones of one row. Other ones cannot be among the best of all, and their rank settles
   * which of two comes first whose scores are equal when rounded.
   */
  private void add(int row, Beginning beginning, int count, List<Candidate> candidates) {
    double logSum = scores.logSum();
    double logSumOfModel = scores.logSumOfModel();
    for (int i = 0; i < count; i++) {
      int id = ranking.next();
      double score = beginning.score() + (scores.values()[id] - logSum);
      candidates.add(new Candidate(row, id, score, scores.given(id) - logSumOfModel));
    }
  }

  private void prolong(List<Candidate> candidates, Predicate<Hypothesis> stops, boolean last) {
    List<Beginning> longer = new ArrayList<>();
    int[] parents = new int[search.width()];
    int[] ids = new int[search.width()];
    for (int row = 0; row < parents.length; row++) {
      parents[row] = row; // those that are nobody's read id 0, for nobody
    }
    for (Candidate candidate : candidates) {
      Hypothesis draft =
          live.get(candidate.row()).draft().prolonged(candidate.id(), candidate.logProbability());
      Beginning beginning = new Beginning(draft, candidate.score());
      if (stops.test(draft)) {
        end(beginning, Ending.STOP);
      } else {
        parents[longer.size()] = candidate.row();
        ids[longer.size()] = candidate.id();
        longer.add(beginning);
      }
    }
    live = longer;
    if (!last && !live.isEmpty()) {
      scorer.advance(parents, ids);
    }
  }

  private void end(Beginning beginning, Ending why) {
    beginning.draft().end(why);
    ended.add(beginning);
  }

  /** Of equally good ones that which ended first. */
  private Hypothesis best() {
    Beginning best = ended.getFirst();
    for (Beginning other : ended) {
      if (normalised(other) > normalised(best)) {
        best = other;
      }
    }
    return best.draft();
  }

  private double normalised(Beginning beginning) {
    int length = Math.max(1, beginning.draft().size());
    return beginning.score() / StrictMath.pow(length, search.lengthPenalty());
  }
}

package org.charrnn.text.decoding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.charrnn.text.generation.BeamSearch;
import org.charrnn.text.generation.GeneratedText.Ending;

/**
 * Extends the best hypotheses of one text, each in its own row, as {@link BeamSearch} says.
 *
 * <p><b>Thread safety.</b> As {@link Decoder} says; any thread may call {@link #text}.
 */
public final class BeamDecoder implements TextDecoder {

  /** A hypothesis and its log-probability after the rules against repetition. */
  private record Scored(Hypothesis hypothesis, double score) {}

  /**
   * A possible extension.
   *
   * @param row the row of the hypothesis to extend
   * @param chosen the next id
   * @param score the log-probability of the extended hypothesis
   */
  private record Candidate(int row, ChosenId chosen, double score) {}

  /** The sort is stable: equal ones stay in the order of their rows, and within a row of rank. */
  private static final Comparator<Candidate> BEST_FIRST =
      Comparator.comparingDouble(Candidate::score).reversed();

  private final BeamSearch search;
  private final TextRules rules;
  private final RepetitionRules repetition;
  private final List<Scored> ended = new ArrayList<>();
  private final int[] parents;
  private List<Scored> live;
  private int length;
  private volatile Hypothesis text;
  private volatile Hypothesis best;

  /** A search that has only its prompt. */
  public BeamDecoder(Hypothesis prompt, BeamSearch search, TextRules rules) {
    this.search = search;
    this.rules = rules;
    this.repetition = new RepetitionRules(search.repetition(), prompt);
    this.parents = new int[search.width()];
    this.live = List.of(new Scored(prompt, 0));
    this.text = rules.length() == 0 ? prompt.ended(Ending.LENGTH) : prompt;
    this.best = text;
  }

  @Override
  public Hypothesis text() {
    return text;
  }

  @Override
  public Hypothesis endNow(int size, Ending reason) {
    Hypothesis now = best;
    return now.hasEnded() ? now : now.ended(reason);
  }

  @Override
  public boolean next(Scorer scorer, int first, Workspace workspace) {
    extend(candidates(scorer, first, workspace));
    length++;
    if (length == rules.length()) {
      live.forEach(scored -> end(scored, Ending.LENGTH));
      live = List.of();
    }
    live.forEach(scored -> repetition.add(scored.hypothesis()));
    best = findBest();
    if (live.isEmpty()) {
      text = best;
    }
    return !live.isEmpty();
  }

  /** The best extensions of all rows, the best first, as many as hypotheses may be live. */
  private List<Candidate> candidates(Scorer scorer, int first, Workspace workspace) {
    List<Candidate> candidates = new ArrayList<>();
    int places = search.width() - ended.size();
    for (int row = 0; row < live.size(); row++) {
      Scored scored = live.get(row);
      Scores scores = workspace.scores();
      scores.read(scorer, first + row);
      rules.bias().addTo(scores);
      repetition.apply(scores, scored.hypothesis());
      workspace.ranking().of(scores.values());
      int left = workspace.ranking().left();
      if (left == 0) {
        end(scored, Ending.NOTHING_LEFT);
      } else {
        add(row, scored, Math.min(places, left), workspace, candidates);
      }
    }
    candidates.sort(BEST_FIRST);
    return candidates.subList(0, Math.min(search.width() - ended.size(), candidates.size()));
  }

  /**
   * The best extensions of one row. Others cannot be among the best of all, and their rank decides
   * which of two comes first if their scores are equal after rounding.
   */
  private void add(
      int row, Scored scored, int count, Workspace workspace, List<Candidate> candidates) {
    Scores scores = workspace.scores();
    double logSum = scores.logSum();
    double logSumOfModel = scores.logSumOfModel();
    List<ScoredId> alternatives = scores.best(rules.alternatives(), logSumOfModel);
    for (int i = 0; i < count; i++) {
      int id = workspace.ranking().next();
      double score = scored.score() + (scores.values()[id] - logSum);
      double logProbability = scores.given(id) - logSumOfModel;
      candidates.add(new Candidate(row, new ChosenId(id, logProbability, alternatives), score));
    }
  }

  private void extend(List<Candidate> candidates) {
    List<Scored> extended = new ArrayList<>();
    for (Candidate candidate : candidates) {
      Hypothesis hypothesis = live.get(candidate.row()).hypothesis().extendedBy(candidate.chosen());
      Scored scored = new Scored(hypothesis, candidate.score());
      if (rules.stops().test(hypothesis)) {
        end(scored, Ending.STOP);
      } else {
        parents[extended.size()] = candidate.row();
        extended.add(scored);
      }
    }
    live = extended;
  }

  private void end(Scored scored, Ending why) {
    ended.add(new Scored(scored.hypothesis().ended(why), scored.score()));
  }

  /** Of equally good ones the one that ended first; those that have not ended come last. */
  private Hypothesis findBest() {
    List<Scored> all = new ArrayList<>(ended);
    all.addAll(live);
    Scored found = all.getFirst();
    for (Scored other : all) {
      if (normalized(other) > normalized(found)) {
        found = other;
      }
    }
    return found.hypothesis();
  }

  private double normalized(Scored scored) {
    int size = Math.max(1, scored.hypothesis().size());
    return scored.score() / StrictMath.pow(size, search.lengthPenalty());
  }

  // ---- the next rows

  @Override
  public int maxRows() {
    return search.width();
  }

  @Override
  public int rows() {
    return live.size();
  }

  @Override
  public int id(int row) {
    return live.get(row).hypothesis().last();
  }

  @Override
  public int parent(int row) {
    return parents[row];
  }
}

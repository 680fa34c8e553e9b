package org.charrnn.text.decoding;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.charrnn.text.generation.Decoding;

/**
 * Applies the rules of a {@link Decoding.Repetition} to the scores after the hypotheses of one
 * search. To find the symbols that would repeat an n-gram, it keeps every hypothesis by the {@code
 * n - 1} ids before its last one: time per symbol does not grow with the text.
 *
 * <p><b>Thread safety.</b> None.
 */
public final class RepetitionRules {

  private final Decoding.Repetition repetition;
  private final int context;
  private final Map<Long, List<Hypothesis>> promptFollowers;
  private final Map<Long, List<Hypothesis>> followers = new HashMap<>();

  /** The rules for texts after this prompt. */
  public RepetitionRules(Decoding.Repetition repetition, Hypothesis prompt) {
    this.repetition = repetition;
    this.context = repetition.noRepeatNgram() - 1;
    this.promptFollowers = new HashMap<>();
    for (Hypothesis at = prompt; at.length() > 0; at = at.parent()) {
      add(at, promptFollowers);
    }
  }

  private RepetitionRules(RepetitionRules other) {
    this.repetition = other.repetition;
    this.context = other.context;
    this.promptFollowers = other.promptFollowers;
  }

  /** The same rules for another text after the same prompt. */
  public RepetitionRules forAnotherText() {
    return new RepetitionRules(this);
  }

  /** Takes note of a hypothesis that extends a known one. */
  void add(Hypothesis hypothesis) {
    add(hypothesis, followers);
  }

  private void add(Hypothesis hypothesis, Map<Long, List<Hypothesis>> into) {
    Hypothesis before = hypothesis.parent();
    if (context >= 0 && before.length() >= context) {
      into.computeIfAbsent(before.hashOfLast(context), _ -> new ArrayList<>(1)).add(hypothesis);
    }
  }

  /**
   * Changes the scores of what may follow a hypothesis. A symbol that must not follow gets a score
   * of negative infinity.
   */
  void apply(Scores scores, Hypothesis hypothesis) {
    double penalty = repetition.penalty();
    if (penalty > 1) {
      BitSet seen = hypothesis.seen();
      for (int id = seen.nextSetBit(0); id >= 0; id = seen.nextSetBit(id + 1)) {
        float score = scores.values()[id];
        scores.change(id, score > 0 ? score / penalty : score * penalty);
      }
    }
    if (context >= 0 && hypothesis.length() >= context) {
      long hash = hypothesis.hashOfLast(context);
      forbid(promptFollowers.getOrDefault(hash, List.of()), scores, hypothesis);
      forbid(followers.getOrDefault(hash, List.of()), scores, hypothesis);
    }
  }

  private void forbid(List<Hypothesis> candidates, Scores scores, Hypothesis hypothesis) {
    for (Hypothesis candidate : candidates) {
      boolean isPrefix = hypothesis.prefix(candidate.length()) == candidate;
      if (isPrefix && hypothesis.endsAs(candidate.parent(), context)) {
        scores.change(candidate.last(), Double.NEGATIVE_INFINITY);
      }
    }
  }
}

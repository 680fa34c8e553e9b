package org.charrnn.text.decoding;

import java.util.random.RandomGenerator;
import org.charrnn.text.choice.TokenChooser;
import org.charrnn.text.generation.GeneratedText.Ending;
import org.charrnn.text.generation.Sampler;

/**
 * A text whose symbols a {@link Sampler} chooses in sequence.
 *
 * <p><b>Thread safety.</b> As {@link Decoder} says; any thread may call {@link #text}.
 */
public final class SampledText implements TextDecoder, SingleRowDecoder {

  private final Sampler sampler;
  private final RandomGenerator random;
  private final RepetitionRules repetition;
  private final TextRules rules;
  private volatile Hypothesis text;

  /**
   * A text that has only its prompt.
   *
   * @param random the only source of randomness
   * @param repetition the rules against repetition after this prompt, used by this text alone
   */
  public SampledText(
      Hypothesis prompt,
      Sampler sampler,
      RandomGenerator random,
      RepetitionRules repetition,
      TextRules rules) {
    this.sampler = sampler;
    this.random = random;
    this.repetition = repetition;
    this.rules = rules;
    this.text = rules.length() == 0 ? prompt.ended(Ending.LENGTH) : prompt;
  }

  @Override
  public Hypothesis text() {
    return text;
  }

  @Override
  public Hypothesis endNow(int size, Ending reason) {
    Hypothesis now = text;
    return now.first(Math.min(size, now.size())).ended(reason);
  }

  @Override
  public boolean next(Scorer scorer, int first, Workspace workspace) {
    Hypothesis extended = extended(scorer, first, workspace);
    text = extended;
    return !extended.hasEnded();
  }

  private Hypothesis extended(Scorer scorer, int first, Workspace workspace) {
    Hypothesis before = text;
    Scores scores = workspace.scores();
    scores.read(scorer, first);
    rules.bias().addTo(scores);
    repetition.apply(scores, before);
    int id = workspace.chooser().choose(sampler, scores.values(), random);
    if (id == TokenChooser.NONE) {
      return before.ended(Ending.NOTHING_LEFT);
    }
    Hypothesis extended = before.extendedBy(scores.scored(id, rules));
    repetition.add(extended);
    if (rules.stops().test(extended)) {
      return extended.ended(Ending.STOP);
    }
    return extended.size() == rules.length() ? extended.ended(Ending.LENGTH) : extended;
  }

  // ---- the next row

  @Override
  public int id() {
    return text.last();
  }
}

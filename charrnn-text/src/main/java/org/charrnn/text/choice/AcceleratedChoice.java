package org.charrnn.text.choice;

import org.charrnn.api.ScoreChooser;
import org.charrnn.text.generation.Sampler;

/**
 * The chooser of an accelerator, for those who make many choices. Its loops take a hundred times as
 * long until the compiler of the JVM has compiled them, which it does after some hundred choices;
 * so first it makes none, then few of them, then all.
 *
 * <p><b>Thread safety.</b> None.
 */
final class AcceleratedChoice {

  /** So many choices are made without it; a text or two would end before it saves time. */
  private static final int FIRST = 1 << 13;

  /** Then it makes one of so many. */
  private static final int SHARE = 16;

  /** After so many of its choices, it makes all. */
  private static final int COMPILED = 1 << 9;

  private final ScoreChooser chooser;
  private int asked;
  private int made;

  AcceleratedChoice(ScoreChooser chooser) {
    this.chooser = chooser;
  }

  /** An id, or {@link ScoreChooser#UNDECIDED} if it has not made the choice. */
  int choose(Sampler sampler, float[] scores, double chance) {
    if (made < COMPILED && !isItsTurn()) {
      return ScoreChooser.UNDECIDED;
    }
    return chooser.choose(scores, sampler.temperature(), sampler.topK(), sampler.topP(), chance);
  }

  private boolean isItsTurn() {
    asked++;
    boolean isItsTurn = asked > FIRST && asked % SHARE == 0;
    made += isItsTurn ? 1 : 0;
    return isItsTurn;
  }
}

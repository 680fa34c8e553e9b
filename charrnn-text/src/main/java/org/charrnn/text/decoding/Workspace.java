package org.charrnn.text.decoding;

import java.util.Optional;
import org.charrnn.api.ScoreChooser;
import org.charrnn.text.choice.Ranking;
import org.charrnn.text.choice.TokenChooser;

/**
 * The arrays in which {@link Decoder}s compute. All decoders of one thread share them, so that they
 * stay in the cache of its processor.
 *
 * <p><b>Thread safety.</b> None.
 */
public final class Workspace {

  private final Scores scores;
  private final Ranking ranking;
  private final TokenChooser chooser;

  /**
   * Arrays for V ids.
   *
   * @param accelerated the chooser of the accelerator, if it has one
   */
  public Workspace(int vocabularySize, Optional<ScoreChooser> accelerated) {
    this.scores = new Scores(vocabularySize);
    this.ranking = new Ranking(vocabularySize);
    this.chooser = new TokenChooser(vocabularySize, accelerated);
  }

  Scores scores() {
    return scores;
  }

  Ranking ranking() {
    return ranking;
  }

  TokenChooser chooser() {
    return chooser;
  }
}

package org.charrnn.text.decoding;

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

  /** Arrays for V ids. */
  public Workspace(int vocabularySize) {
    this.scores = new Scores(vocabularySize);
    this.ranking = new Ranking(vocabularySize);
    this.chooser = new TokenChooser(vocabularySize);
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

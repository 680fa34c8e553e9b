package org.charrnn.text.decoding;

/**
 * Takes the scores of the next id, and chooses none.
 *
 * <p><b>Thread safety.</b> None.
 */
public final class NextScores implements Decoder {

  private float[] scores = {};

  /** The scores of all ids, after they were computed. */
  public float[] scores() {
    return scores.clone();
  }

  @Override
  public boolean next(Scorer scorer, int first, Workspace workspace) {
    float[] read = new float[scorer.vocabularySize()];
    scorer.scores(first, read);
    scores = read;
    return false;
  }

  @Override
  public int maxRows() {
    return 1;
  }

  @Override
  public int rows() {
    return 0;
  }

  @Override
  public int id(int row) {
    throw new IndexOutOfBoundsException("no id is chosen");
  }

  @Override
  public int parent(int row) {
    throw new IndexOutOfBoundsException("no row continues");
  }
}

package org.charrnn.text.decoding;

/** Counts how often scores are read. */
record CountingScorer(Scorer scorer, Runnable asked) implements Scorer {

  @Override
  public int vocabularySize() {
    return scorer.vocabularySize();
  }

  @Override
  public void begin(int[] ids, int rows) {
    scorer.begin(ids, rows);
  }

  @Override
  public void advance(int[] parents, int[] ids) {
    scorer.advance(parents, ids);
  }

  @Override
  public void scores(int row, float[] scores) {
    asked.run();
    scorer.scores(row, scores);
  }
}

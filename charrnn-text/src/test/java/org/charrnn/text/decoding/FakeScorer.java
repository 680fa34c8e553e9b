package org.charrnn.text.decoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.charrnn.api.SeededRandom;

/**
 * A model that is no network: its scores depend on the last two ids alone and are drawn once, so
 * that every probability can be computed. It keeps the ids that each row has read, so that a row
 * that continues the wrong one is detected.
 */
public final class FakeScorer implements Scorer {

  private final float[][][] scores;
  private List<List<Integer>> rows = List.of();

  /** Scores that are drawn, normal with deviation 2. */
  public FakeScorer(int vocabularySize, long seed) {
    RandomGenerator random = new SeededRandom(seed);
    scores = new float[vocabularySize][vocabularySize][vocabularySize];
    for (float[][] afterOne : scores) {
      for (float[] afterTwo : afterOne) {
        for (int id = 0; id < vocabularySize; id++) {
          afterTwo[id] = (float) (2 * random.nextGaussian());
        }
      }
    }
  }

  /** The same scores after every text. */
  FakeScorer(float... always) {
    scores = new float[always.length][always.length][];
    for (float[][] afterOne : scores) {
      Arrays.fill(afterOne, always);
    }
  }

  /** Scores after the last two ids. */
  float[] after(int last, int oneButLast) {
    return scores[last][oneButLast];
  }

  @Override
  public int vocabularySize() {
    return scores.length;
  }

  @Override
  public void begin(int[] ids, int count) {
    rows = new ArrayList<>();
    for (int row = 0; row < count; row++) {
      List<Integer> read = new ArrayList<>();
      for (int id : ids) {
        read.add(id);
      }
      rows.add(read);
    }
  }

  @Override
  public void advance(int[] parents, int[] ids) {
    List<List<Integer>> next = new ArrayList<>();
    for (int row = 0; row < ids.length; row++) {
      List<Integer> read = new ArrayList<>(rows.get(parents[row]));
      read.add(ids[row]);
      next.add(read);
    }
    rows = next;
  }

  @Override
  public void scores(int row, float[] into) {
    List<Integer> read = rows.get(row);
    int oneButLast = read.size() > 1 ? read.get(read.size() - 2) : 0;
    float[] values = after(read.getLast(), oneButLast);
    System.arraycopy(values, 0, into, 0, into.length);
  }
}

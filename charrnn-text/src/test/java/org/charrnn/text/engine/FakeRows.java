package org.charrnn.text.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.charrnn.api.SeededRandom;

/**
 * A model that is no network: its scores depend on the last two ids alone and are drawn once, so
 * that every probability can be computed. It keeps the ids that each row has read, so that a row
 * that continues the wrong one is detected.
 */
public class FakeRows implements RowModel {

  private static final int MAX_ROWS = 64;
  private static final int CHUNK = 8;

  private final float[][][] scores;
  private List<FakeRow> stepped = List.of();

  /** A row with the last two ids that it has read, 0 for those that are missing. */
  private static final class FakeRow implements Row {
    private int oneButLast;
    private int last;

    FakeRow(int oneButLast, int last) {
      this.oneButLast = oneButLast;
      this.last = last;
    }

    void read(int id) {
      oneButLast = last;
      last = id;
    }
  }

  /** Scores that are drawn, normal with deviation 2. */
  public FakeRows(int vocabularySize, long seed) {
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
  public FakeRows(float... always) {
    scores = new float[always.length][always.length][];
    for (float[][] afterOne : scores) {
      Arrays.fill(afterOne, always);
    }
  }

  /** Scores after the last two ids. */
  public float[] after(int last, int oneButLast) {
    return scores[last][oneButLast];
  }

  @Override
  public int vocabularySize() {
    return scores.length;
  }

  @Override
  public int maxRows() {
    return MAX_ROWS;
  }

  @Override
  public int chunk() {
    return CHUNK;
  }

  @Override
  public Row row() {
    return new FakeRow(0, 0);
  }

  @Override
  public Row row(RowState state) {
    return new FakeRow(state.recent()[0], state.recent()[1]);
  }

  @Override
  public Row copy(Row row) {
    return row(state(row));
  }

  @Override
  public RowState state(Row row) {
    FakeRow own = (FakeRow) row;
    return new RowState(new float[0], new int[] {own.oneButLast, own.last});
  }

  @Override
  public void step(List<Row> rows, int[] ids) {
    stepped = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      FakeRow row = (FakeRow) rows.get(i);
      row.read(ids[i]);
      stepped.add(row);
    }
  }

  @Override
  public void read(List<Row> rows, int[] ids) {
    for (int i = 0; i < ids.length; i++) {
      ((FakeRow) rows.get(i / CHUNK)).read(ids[i]);
    }
  }

  @Override
  public void forEach(int parts, IntConsumer part) {
    IntStream.range(0, parts).parallel().forEach(part);
  }

  @Override
  public void scores(int row, float[] into) {
    FakeRow own = stepped.get(row);
    System.arraycopy(after(own.last, own.oneButLast), 0, into, 0, into.length);
  }
}

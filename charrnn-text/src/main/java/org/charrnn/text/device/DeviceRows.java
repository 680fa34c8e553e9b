package org.charrnn.text.device;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.charrnn.text.encoding.Documents;
import org.charrnn.text.engine.RowModel;
import org.charrnn.text.engine.RowState;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a model in a session. The states of the rows that were computed last stay on the device;
 * they are moved when other rows are to be computed.
 *
 * <p><b>Thread safety.</b> That of the session.
 */
public final class DeviceRows implements RowModel {

  private static final int MAX_ROWS = 64; // more take more memory and save no time
  private static final int CHUNK = 64;

  private final DeviceModel model;
  private final int vocabularySize;
  private final Documents documents;
  private final Placement stepping = new Placement(1);
  private final Placement reading = new Placement(CHUNK);
  private final List<float[]> logits = new ArrayList<>(); // of each batch of the last steps

  /**
   * Rows that begin in the state at the beginning of a text. Programs are compiled when they are
   * first used.
   *
   * @param documents where states are reset
   */
  public DeviceRows(DeviceModel model, int vocabularySize, Documents documents) {
    this.model = model;
    this.vocabularySize = vocabularySize;
    this.documents = documents;
  }

  /** A row, whose state is either here or on the device. */
  private static final class DeviceRow implements Row {
    private float @Nullable [] state; // never changed
    private @Nullable Placement placement;
    private int[] recent;

    DeviceRow(float[] state, int[] recent) {
      this.state = state;
      this.recent = recent;
    }

    float[] state() {
      if (placement != null) {
        placement.clear();
      }
      return Objects.requireNonNull(state);
    }

    void moveTo(Placement place) {
      placement = place;
      state = null;
    }

    void moveOut(float[] values) {
      placement = null;
      state = values;
    }
  }

  /** The programs for some number of ids, and the rows whose states are in one of them. */
  private final class Placement {
    private final int steps;
    private final Map<Integer, RowProgram> programs = new HashMap<>();
    private @Nullable RowProgram current;
    private List<Row> rows = List.of();

    Placement(int steps) {
      this.steps = steps;
    }

    /** Moves the states of these rows into the smallest program that takes so many. */
    RowProgram place(List<Row> next) {
      if (current != null && rows.equals(next)) {
        return current;
      }
      clear();
      List<float[]> states = next.stream().map(row -> ((DeviceRow) row).state()).toList();
      RowProgram program = program(next.size());
      program.writeStates(states);
      current = program;
      rows = List.copyOf(next);
      for (Row row : rows) {
        ((DeviceRow) row).moveTo(this);
      }
      return program;
    }

    private RowProgram program(int count) {
      int batchSize = count == 1 ? 1 : 2 * Integer.highestOneBit(count - 1);
      return programs.computeIfAbsent(
          batchSize, size -> new RowProgram(model, steps, size, documents));
    }

    /** Moves all states out of the program. */
    void clear() {
      if (current == null || rows.isEmpty()) {
        return;
      }
      List<float[]> states = current.readStates(rows.size());
      for (int i = 0; i < rows.size(); i++) {
        ((DeviceRow) rows.get(i)).moveOut(states.get(i));
      }
      rows = List.of();
    }
  }

  @Override
  public int vocabularySize() {
    return vocabularySize;
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
    return row(new RowState(new float[model.stateSize()], RecentIds.NONE));
  }

  @Override
  public Row row(RowState state) {
    return new DeviceRow(state.carried(), state.recent());
  }

  @Override
  public Row copy(Row row) {
    return row(state(row));
  }

  @Override
  public RowState state(Row row) {
    DeviceRow own = (DeviceRow) row;
    return new RowState(own.state(), own.recent);
  }

  // ---- reading

  @Override
  public void step(List<Row> rows, int[] ids) {
    for (int from = 0; from < rows.size(); from += MAX_ROWS) {
      int to = Math.min(from + MAX_ROWS, rows.size());
      RowProgram program = run(stepping, rows.subList(from, to), Arrays.copyOfRange(ids, from, to));
      program.readLogits(logits(from / MAX_ROWS, program.batchSize() * vocabularySize));
    }
  }

  private float[] logits(int batch, int length) {
    if (batch == logits.size()) {
      logits.add(new float[length]);
    } else if (logits.get(batch).length != length) {
      logits.set(batch, new float[length]);
    }
    return logits.get(batch);
  }

  @Override
  public void read(List<Row> rows, int[] ids) {
    run(reading, rows, ids);
  }

  private RowProgram run(Placement placement, List<Row> rows, int[] ids) {
    RowProgram program = placement.place(rows);
    if (documents.areKnown()) {
      for (int i = 0; i < rows.size(); i++) {
        DeviceRow row = (DeviceRow) rows.get(i);
        int[] read = Arrays.copyOfRange(ids, i * placement.steps, (i + 1) * placement.steps);
        program.writeResets(i, RecentIds.documentBegins(documents, row.recent, read));
        row.recent = RecentIds.after(row.recent, read);
      }
    }
    program.run(ids);
    return program;
  }

  @Override
  public void forEach(int parts, IntConsumer part) {
    model.forEach(parts, part);
  }

  @Override
  public void scores(int row, float[] scores) {
    System.arraycopy(
        logits.get(row / MAX_ROWS), row % MAX_ROWS * vocabularySize, scores, 0, vocabularySize);
  }
}

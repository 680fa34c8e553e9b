package org.charrnn.text.device;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.charrnn.api.ScoreChooser;
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
  private final RowPlacement stepping;
  private final RowPlacement reading;
  private int[] slots = {}; // of the rows of the last step
  private @Nullable RowAccess logits; // of the last step, if that was a single run
  private final List<float[]> copies = new ArrayList<>(); // else of each of its runs

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
    this.stepping = new RowPlacement(size -> new RowProgram(model, 1, size, documents));
    this.reading = new RowPlacement(size -> new RowProgram(model, CHUNK, size, documents));
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
    return new RowState(own.state(), own.recent());
  }

  // ---- reading

  @Override
  public void step(List<Row> rows, int[] ids) {
    if (slots.length != rows.size()) {
      slots = new int[rows.size()];
    }
    boolean isOneRun = rows.size() <= MAX_ROWS;
    logits = null;
    for (int from = 0; from < rows.size(); from += MAX_ROWS) {
      List<Row> some = rows.subList(from, Math.min(from + MAX_ROWS, rows.size()));
      RowProgram program = run(stepping, 1, some, ids, from);
      for (int i = 0; i < some.size(); i++) {
        slots[from + i] = ((DeviceRow) some.get(i)).slot();
      }
      if (isOneRun) {
        logits = program.logits();
      } else { // the next run overwrites them
        copyLogits(program, from / MAX_ROWS);
      }
    }
  }

  private void copyLogits(RowProgram program, int run) {
    int length = program.batchSize() * vocabularySize;
    if (run == copies.size()) {
      copies.add(new float[length]);
    } else if (copies.get(run).length != length) {
      copies.set(run, new float[length]);
    }
    program.readLogits(copies.get(run));
  }

  @Override
  public void read(List<Row> rows, int[] ids) {
    run(reading, CHUNK, rows, ids, 0);
  }

  /**
   * Reads some ids in each row.
   *
   * @param steps their number
   * @param from the index of the first id
   */
  private RowProgram run(RowPlacement placement, int steps, List<Row> rows, int[] ids, int from) {
    RowProgram program = placement.place(rows);
    for (int i = 0; i < rows.size(); i++) {
      DeviceRow row = (DeviceRow) rows.get(i);
      int first = from + i * steps;
      program.writeIds(row.slot(), ids, first);
      if (documents.areKnown()) {
        int[] read = Arrays.copyOfRange(ids, first, first + steps);
        program.writeResets(row.slot(), RecentIds.documentBegins(documents, row.recent(), read));
        row.setRecent(RecentIds.after(row.recent(), read));
      }
    }
    program.run();
    return program;
  }

  @Override
  public Optional<ScoreChooser> chooser() {
    return model.chooser(vocabularySize);
  }

  @Override
  public void forEach(int parts, IntConsumer part) {
    model.forEach(parts, part);
  }

  @Override
  public void scores(int row, float[] scores) {
    RowAccess current = logits;
    if (current != null) {
      current.read(slots[row], scores);
    } else {
      float[] copy = copies.get(row / MAX_ROWS);
      System.arraycopy(copy, slots[row] * vocabularySize, scores, 0, vocabularySize);
    }
  }
}

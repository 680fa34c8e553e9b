package org.charrnn.text.device;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.charrnn.api.network.BufferNames;
import org.charrnn.api.network.StateResets;
import org.charrnn.text.encoding.Documents;
import org.jspecify.annotations.Nullable;

/**
 * A program that reads T ids in each of B rows, and the memory of their states.
 *
 * <p><b>Thread safety.</b> That of the session.
 */
final class RowProgram {

  private final BoundProgram program;
  private final List<RowAccess> states = new ArrayList<>();
  private final Documents documents;
  private final int steps;
  private final int batchSize;
  private final float[] stateMask;
  private final int[] ids;
  private final @Nullable RowAccess logits; // null if it only reads

  /**
   * Compiles the program.
   *
   * @param steps T; with 1 it scores the next ids, with more it only reads
   * @param batchSize B
   * @param documents where states are reset
   */
  RowProgram(DeviceModel model, int steps, int batchSize, Documents documents) {
    StateResets resets = documents.areKnown() ? StateResets.MASKED : StateResets.NONE;
    this.program =
        model.bind(
            steps == 1
                ? model.network().generate(batchSize, resets)
                : model.network().read(steps, batchSize, resets));
    for (String name : model.network().carriedStates()) {
      states.add(new RowAccess(program.memory(name)));
    }
    this.documents = documents;
    this.steps = steps;
    this.batchSize = batchSize;
    this.stateMask = new float[documents.areKnown() ? steps * batchSize : 0];
    this.ids = new int[steps * batchSize];
    this.logits = steps == 1 ? new RowAccess(program.memory(BufferNames.LOGITS)) : null;
  }

  /** B. */
  int batchSize() {
    return batchSize;
  }

  /** Writes the state of a row: the rows of all carried states, in their order. */
  void writeState(int row, float[] state) {
    int from = 0;
    for (RowAccess access : states) {
      access.write(row, Arrays.copyOfRange(state, from, from + access.columns()));
      from += access.columns();
    }
  }

  /** The state of a row. */
  float[] readState(int row) {
    float[] state = new float[states.stream().mapToInt(RowAccess::columns).sum()];
    int from = 0;
    for (RowAccess access : states) {
      float[] values = new float[access.columns()];
      access.read(row, values);
      System.arraycopy(values, 0, state, from, values.length);
      from += values.length;
    }
    return state;
  }

  /**
   * Sets where states are reset; needed before each run if documents are known.
   *
   * @param row the row
   * @param begins for each of its next T ids, whether a document begins with it
   */
  void writeResets(int row, boolean[] begins) {
    for (int t = 0; t < steps; t++) {
      stateMask[t * batchSize + row] = begins[t] ? 0 : 1;
    }
  }

  /**
   * Sets the ids that a row reads in the next run. Rows for which none are set read those of an
   * earlier run.
   *
   * @param row the row
   * @param read the ids of all rows
   * @param from the index of the first of its T ids
   */
  void writeIds(int row, int[] read, int from) {
    for (int t = 0; t < steps; t++) {
      ids[t * batchSize + row] = read[from + t];
    }
  }

  /** Reads the ids. */
  void run() {
    states.forEach(RowAccess::beforeRun);
    if (logits != null) {
      logits.beforeRun();
    }
    program.memory(BufferNames.IDS).write(ids);
    if (documents.areKnown()) {
      program.memory(BufferNames.STATE_MASK).write(stateMask);
    }
    program.run();
  }

  /** Reads the scores of all rows, {@code [B, V]}. */
  void readLogits(float[] into) {
    program.memory(BufferNames.LOGITS).read(into);
  }

  /**
   * The scores of each row after a run, which any number of threads may read until the next one.
   */
  RowAccess logits() {
    RowAccess access = Objects.requireNonNull(logits);
    access.fetch();
    return access;
  }
}

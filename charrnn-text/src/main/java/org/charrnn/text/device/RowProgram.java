package org.charrnn.text.device;

import java.util.ArrayList;
import java.util.List;
import org.charrnn.api.Memory;
import org.charrnn.api.network.BufferNames;
import org.charrnn.api.network.StateResets;
import org.charrnn.text.encoding.Documents;

/**
 * A program that reads T ids in each of B rows, and the memory of their states.
 *
 * <p><b>Thread safety.</b> That of the session.
 */
final class RowProgram {

  private final BoundProgram program;
  private final List<Memory> states = new ArrayList<>();
  private final Documents documents;
  private final int steps;
  private final int batchSize;
  private final float[] stateMask;
  private final int[] ids;

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
      states.add(program.memory(name));
    }
    this.documents = documents;
    this.steps = steps;
    this.batchSize = batchSize;
    this.stateMask = new float[documents.areKnown() ? steps * batchSize : 0];
    this.ids = new int[steps * batchSize];
  }

  /** B. */
  int batchSize() {
    return batchSize;
  }

  /** Writes the states of the first rows; those of the others are zero. */
  void writeStates(List<float[]> rows) {
    for (int i = 0; i < states.size(); i++) {
      Memory state = states.get(i);
      int hidden = state.shape().elements() / batchSize;
      float[] values = new float[state.shape().elements()];
      for (int row = 0; row < rows.size(); row++) {
        System.arraycopy(rows.get(row), i * hidden, values, row * hidden, hidden);
      }
      state.write(values);
    }
  }

  /** The states of the first {@code count} rows. */
  List<float[]> readStates(int count) {
    List<float[]> rows = new ArrayList<>(count);
    for (int i = 0; i < states.size(); i++) {
      Memory state = states.get(i);
      int hidden = state.shape().elements() / batchSize;
      float[] values = new float[state.shape().elements()];
      state.read(values);
      for (int row = 0; row < count; row++) {
        if (i == 0) {
          rows.add(new float[states.size() * hidden]);
        }
        System.arraycopy(values, row * hidden, rows.get(row), i * hidden, hidden);
      }
    }
    return rows;
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
   * Reads ids in the first rows.
   *
   * @param read T ids of the first row, then T of the second, ...
   */
  void run(int[] read) {
    for (int i = 0; i < read.length; i++) {
      ids[i % steps * batchSize + i / steps] = read[i];
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
}

package org.charrnn.text.device;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.charrnn.api.Memory;
import org.charrnn.api.network.BufferNames;
import org.charrnn.api.network.StateResets;
import org.charrnn.text.encoding.Documents;

/** One step of generation: reads an id in each of B rows and scores the next ids of each. */
final class GenerationProgram {

  private final BoundProgram program;
  private final List<Memory> states = new ArrayList<>();
  private final int batchSize;
  private final int vocabularySize;
  private final float[] logits;
  private final boolean resets;
  private final ReadBefore readBefore;
  private final float[] stateMask;

  /** Compiles the step for B rows, whose states are reset where documents begin. */
  GenerationProgram(DeviceModel model, int vocabularySize, int batchSize, Documents documents) {
    this.resets = documents.areKnown();
    this.program =
        model.bind(
            model.network().generate(batchSize, resets ? StateResets.MASKED : StateResets.NONE));
    this.readBefore = new ReadBefore(documents, batchSize);
    this.stateMask = new float[batchSize];
    for (String name : model.network().carriedStates()) {
      states.add(program.memory(name));
    }
    this.batchSize = batchSize;
    this.vocabularySize = vocabularySize;
    this.logits = new float[batchSize * vocabularySize];
  }

  /** Resets the state and reads the same ids in all rows. */
  void begin(int[] ids) {
    program.clearCarriedState();
    readBefore.clear();
    int[] next = new int[batchSize];
    for (int id : ids) {
      Arrays.fill(next, id);
      advance(next);
    }
  }

  /** Copies the state of the first row of another program to all rows. */
  void begin(GenerationProgram other) {
    for (int i = 0; i < states.size(); i++) {
      float[] read = read(other.states.get(i));
      float[] values = read(states.get(i));
      int hidden = values.length / batchSize;
      for (int row = 0; row < batchSize; row++) {
        System.arraycopy(read, 0, values, row * hidden, hidden);
      }
      states.get(i).write(values);
    }
    readBefore.copyFirst(other.readBefore);
    other.fetch();
    for (int row = 0; row < batchSize; row++) {
      System.arraycopy(other.logits, 0, logits, row * vocabularySize, vocabularySize);
    }
  }

  /** Copies to each row the state of the row {@code parents[row]}. */
  void rearrange(int[] parents) {
    readBefore.rearrange(parents);
    for (Memory state : states) {
      float[] before = read(state);
      float[] after = new float[before.length];
      int hidden = before.length / batchSize;
      for (int row = 0; row < batchSize; row++) {
        System.arraycopy(before, parents[row] * hidden, after, row * hidden, hidden);
      }
      state.write(after);
    }
  }

  /** Reads an id in each row. */
  void advance(int[] ids) {
    program.memory(BufferNames.IDS).write(ids);
    if (resets) {
      readBefore.read(ids, stateMask);
      program.memory(BufferNames.STATE_MASK).write(stateMask);
    }
    program.run();
  }

  /** Reads the scores of the last step from the device. */
  void fetch() {
    program.memory(BufferNames.LOGITS).read(logits);
  }

  void scores(int row, float[] scores) {
    System.arraycopy(logits, row * vocabularySize, scores, 0, vocabularySize);
  }

  private static float[] read(Memory state) {
    float[] values = new float[state.shape().elements()];
    state.read(values);
    return values;
  }
}

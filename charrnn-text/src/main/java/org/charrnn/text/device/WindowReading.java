package org.charrnn.text.device;

import org.charrnn.api.network.BufferNames;
import org.charrnn.api.network.StateResets;
import org.charrnn.api.network.StepSpec;

/**
 * A program that reads a window.
 *
 * @param program the program
 * @param step how it was recorded
 */
record WindowReading(BoundProgram program, StepSpec step) {

  /** Runs the program; see {@link TrainingProgram#read}. */
  double read(int[] ids, int[] targets, float[] stateMask, int dropoutSeed) {
    program.memory(BufferNames.IDS).write(ids);
    program.memory(BufferNames.TARGETS).write(targets);
    if (step.resets() == StateResets.MASKED) {
      program.memory(BufferNames.STATE_MASK).write(stateMask);
    }
    if (step.drops()) {
      program.write(BufferNames.DROPOUT_SEED, dropoutSeed);
    }
    program.run();
    return program.readScalar(BufferNames.LOSS);
  }
}

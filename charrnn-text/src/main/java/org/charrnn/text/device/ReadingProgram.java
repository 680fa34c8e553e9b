package org.charrnn.text.device;

import java.util.ArrayList;
import java.util.List;
import org.charrnn.api.Memory;
import org.charrnn.api.network.BufferNames;
import org.charrnn.api.network.Network;
import org.charrnn.api.network.StateResets;

/** A program that reads windows {@code [T, B]} and outputs numbers for each id. */
final class ReadingProgram {

  /** The numbers that are output for each id. */
  enum Output {
    /** The loss of the id that follows, in nats. */
    LOSSES(BufferNames.LOSSES),
    /** The output of the last layer. */
    HIDDEN(BufferNames.HIDDEN);

    private final String buffer;

    Output(String buffer) {
      this.buffer = buffer;
    }
  }

  final int steps;
  final int rows;
  final int[] ids;
  final int[] targets;
  final float[] stateMask;
  final float[] results;
  private final Output output;
  private final BoundProgram program;
  private final List<Memory> states = new ArrayList<>();

  ReadingProgram(DeviceModel model, int steps, int rows, Output output) {
    Network network = model.network();
    this.steps = steps;
    this.rows = rows;
    this.output = output;
    this.program =
        model.bind(
            switch (output) {
              case LOSSES -> network.evaluate(steps, rows, StateResets.MASKED);
              case HIDDEN -> network.embed(steps, rows, StateResets.MASKED);
            });
    for (String name : network.carriedStates()) {
      states.add(program.memory(name));
    }
    this.ids = new int[steps * rows];
    this.targets = new int[steps * rows];
    this.stateMask = new float[steps * rows];
    this.results = new float[program.memory(output.buffer).shape().elements()];
  }

  /** The number of results of an id. */
  int width() {
    return results.length / (steps * rows);
  }

  void run() {
    program.memory(BufferNames.IDS).write(ids);
    program.memory(BufferNames.STATE_MASK).write(stateMask);
    if (output == Output.LOSSES) {
      program.memory(BufferNames.TARGETS).write(targets);
    }
    program.run();
    program.memory(output.buffer).read(results);
  }

  /** The carried states, {@code [B, H]} each. */
  float[][] readStates() {
    float[][] values = new float[states.size()][];
    for (int i = 0; i < values.length; i++) {
      values[i] = new float[states.get(i).shape().elements()];
      states.get(i).read(values[i]);
    }
    return values;
  }

  void writeStates(float[][] values) {
    for (int i = 0; i < values.length; i++) {
      states.get(i).write(values[i]);
    }
  }

  /** Zeros of the shape of the carried states. */
  float[][] zeroStates() {
    float[][] values = new float[states.size()][];
    for (int i = 0; i < values.length; i++) {
      values[i] = new float[states.get(i).shape().elements()];
    }
    return values;
  }
}

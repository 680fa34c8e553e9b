package org.charrnn.accel.tornado;

import java.lang.classfile.CodeBuilder;

/** Computes nothing: a launch that is there for its {@link Clock}. */
record Idle() implements Kernel {

  static Launch launch() {
    return new Launch("idle", new Idle(), Grid.single());
  }

  @Override
  public void write(CodeBuilder code, int step) {
    // What moves the step on is written around it.
  }
}

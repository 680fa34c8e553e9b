package org.charrnn.testkit.cases;

import static org.junit.jupiter.api.Assertions.fail;

import org.charrnn.api.Accelerator;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.Executable;
import org.charrnn.api.Hyperparameters;
import org.charrnn.api.Optimizer;
import org.charrnn.api.SeededRandom;
import org.charrnn.api.Session;
import org.charrnn.api.network.Architecture;
import org.charrnn.api.network.BufferNames;
import org.charrnn.api.network.StateResets;
import org.charrnn.api.network.StepSpec;
import org.charrnn.graph.Type;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Program;

/**
 * Compares two trainings bit by bit, of a network that is large enough to be split over several
 * threads.
 */
public final class BitwiseRun {

  private static final int WINDOW = 2;
  private static final Optimizer OPTIMIZER = new AdaptiveOptimizer();

  private static final TrainingCase TRAINING =
      new TrainingCase(
          new Architecture(500, 0, 129, 1, false),
          StepSpec.builder(WINDOW, 33)
              .carryState(true)
              .meanLoss(true)
              .clipNorm(1)
              .resets(StateResets.MASKED)
              .optimizer(Hyperparameters.defaultsOf(OPTIMIZER))
              .build(),
          OPTIMIZER);

  private static final int STEPS = 2;

  private final Program program = TRAINING.program();
  private final Externals externals = new Externals(program);

  private BitwiseRun() {}

  /**
   * Trains the same network from the same start with two numbers of threads, and compares all
   * external buffers.
   */
  public static void requireSame(Accelerator accelerator, int threads, int otherThreads) {
    BitwiseRun first = new BitwiseRun();
    BitwiseRun second = new BitwiseRun();
    AcceleratorOptions options = AcceleratorOptions.defaults();
    try (Session session = accelerator.open(options.withThreads(threads));
        Session other = accelerator.open(options.withThreads(otherThreads))) {
      first.train(session);
      second.train(other);
      for (Buffer buffer : first.program.externals()) {
        if (buffer.type() == Type.F32) {
          requireSame(
              buffer,
              first.externals.floats(buffer.name()),
              second.externals.floats(buffer.name()));
        }
      }
    }
  }

  private void train(Session session) {
    SeededRandom random = new SeededRandom(7);
    for (Buffer buffer : program.externals()) {
      externals.put(buffer.name(), session.allocate(buffer.type(), buffer.shape()));
    }
    TRAINING.initialParameters(random).forEach(externals::write);
    externals.write("learningRate", 0.1f);
    Executable step = session.compile(program, externals.byName());
    for (int i = 1; i <= STEPS; i++) {
      externals.write("step", (float) i);
      externals.write("ids", TRAINING.ids(WINDOW, random));
      externals.write("targets", TRAINING.ids(WINDOW, random));
      externals.write(BufferNames.STATE_MASK, TRAINING.kept(WINDOW, random));
      step.run();
    }
  }

  private static void requireSame(Buffer buffer, float[] first, float[] second) {
    for (int i = 0; i < first.length; i++) {
      if (Float.floatToRawIntBits(first[i]) != Float.floatToRawIntBits(second[i])) {
        fail(buffer + " differs at element " + i + ": " + first[i] + " and " + second[i]);
      }
    }
  }
}

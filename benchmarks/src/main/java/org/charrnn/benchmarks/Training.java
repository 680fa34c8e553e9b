package org.charrnn.benchmarks;

import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.charrnn.api.Accelerator;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.Executable;
import org.charrnn.api.Hyperparameters;
import org.charrnn.api.Memory;
import org.charrnn.api.Optimizer;
import org.charrnn.api.Session;
import org.charrnn.api.discovery.Plugins;
import org.charrnn.api.network.Architecture;
import org.charrnn.api.network.BufferNames;
import org.charrnn.api.network.Network;
import org.charrnn.api.network.StateResets;
import org.charrnn.api.network.StepSpec;
import org.charrnn.graph.Role;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Program;
import org.charrnn.optim.adagrad.Adagrad;

/** Training or generation steps of one configuration, with weights drawn from N(0, 0.01^2). */
final class Training implements Workload {

  private static final double DEVIATION = 0.01;

  private final Session session;
  private final Map<String, Memory> memory = new HashMap<>();
  private final Executable step;
  private final Windows windows;
  private final int[] ids;
  private final int[] targets;
  private final float[] loss = new float[1];

  private Training(
      Config config,
      Program program,
      int steps,
      int batch,
      Accelerator accelerator,
      AcceleratorOptions options) {
    session = accelerator.open(options);
    allocate(program);
    System.gc(); // the initial weights are garbage now and must not count toward the peak memory
    step = session.compile(program, memory);
    windows = new Windows(SyntheticText.ids(config.vocabulary()), steps, batch);
    ids = new int[steps * batch];
    targets = new int[steps * batch];
  }

  private void allocate(Program program) {
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    Map<Integer, float[]> initial = new HashMap<>(); // one array per size
    for (Buffer buffer : program.externals()) {
      Memory allocated = session.allocate(buffer.type(), buffer.shape());
      memory.put(buffer.name(), allocated);
      if (buffer.role() == Role.PARAMETER && buffer.rows() > 1) {
        float[] values = initial.computeIfAbsent(buffer.shape().elements(), float[]::new);
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) (DEVIATION * random.nextGaussian());
        }
        allocated.write(values);
      }
    }
  }

  /** Training steps with Adagrad. */
  static Workload of(Config config, Accelerator accelerator, AcceleratorOptions options) {
    Optimizer adagrad = new Adagrad();
    StepSpec step =
        StepSpec.builder(config.steps(), config.batch())
            .carryState(config.carried())
            .meanLoss(config.carried())
            .optimizer(Hyperparameters.defaultsOf(adagrad))
            .build();
    Program program = network(config).train(step, adagrad);
    Training training =
        new Training(config, program, config.steps(), config.batch(), accelerator, options);
    training.write(BufferNames.LEARNING_RATE, (float) adagrad.defaultLearningRate());
    training.write(BufferNames.STEP, 1);
    return training;
  }

  /**
   * Generation steps, each of one character for each of {@code batch} texts. The characters that
   * are read come from the synthetic text.
   */
  static Workload ofGeneration(
      Config config, int batch, Accelerator accelerator, AcceleratorOptions options) {
    return new Training(
        config, network(config).generate(batch, StateResets.NONE), 1, batch, accelerator, options);
  }

  private static Network network(Config config) {
    return new Network(
        new Architecture(config.vocabulary(), 0, config.hidden(), config.layers(), false),
        Plugins.cells().get(config.cell()));
  }

  private void write(String name, float value) {
    named(name).write(new float[] {value});
  }

  @Override
  public int run() {
    windows.next(ids, targets);
    named(BufferNames.IDS).write(ids);
    if (memory.containsKey(BufferNames.TARGETS)) {
      named(BufferNames.TARGETS).write(targets);
    }
    step.run();
    return ids.length;
  }

  private Memory named(String name) {
    return java.util.Objects.requireNonNull(memory.get(name));
  }

  @Override
  public double loss() {
    Memory allocated = memory.get(BufferNames.LOSS);
    if (allocated == null) {
      return Double.NaN;
    }
    allocated.read(loss);
    return loss[0];
  }

  @Override
  public void close() {
    session.close();
  }
}

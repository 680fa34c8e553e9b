package org.charrnn.testkit.cases;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.charrnn.api.Accelerator;
import org.charrnn.api.Hyperparameters;
import org.charrnn.api.Optimizer;
import org.charrnn.api.SeededRandom;
import org.charrnn.api.network.Architecture;
import org.charrnn.api.network.BufferNames;
import org.charrnn.api.network.DropoutKind;
import org.charrnn.api.network.Network;
import org.charrnn.api.network.Norm;
import org.charrnn.api.network.StateResets;
import org.charrnn.api.network.StepSpec;
import org.charrnn.graph.program.Program;

/**
 * A network that is trained for some steps and then evaluated, on an accelerator and on the
 * reference.
 *
 * @param architecture the sizes of the network
 * @param step the configuration of a training step
 * @param optimizer the optimizer
 */
public record TrainingCase(Architecture architecture, StepSpec step, Optimizer optimizer) {

  private static final int STEPS = 10;

  public static Stream<TrainingCase> all() {
    double none = Double.POSITIVE_INFINITY;
    return Stream.of(
        // The vocabulary is larger than a window: only some rows of the first table are updated.
        of(97, 0, 17, 1, 5, 3, false, none, 0, new AdaptiveOptimizer()),
        of(97, 0, 17, 1, 5, 3, true, 0.5, 0, new AdaptiveOptimizer()),
        of(97, 0, 17, 2, 3, 5, true, none, 0.2, new AdaptiveOptimizer()),
        of(97, 11, 9, 2, 7, 1, false, 0.5, 0.5, new AdaptiveOptimizer()),
        of(97, 0, 17, 1, 5, 3, true, none, 0, new MomentumOptimizer()),
        // The vocabulary is smaller than a window: all updates are dense.
        of(7, 0, 17, 1, 5, 3, true, 0.5, 0, new AdaptiveOptimizer()),
        of(7, 0, 33, 2, 3, 5, false, none, 0, new AdaptiveOptimizer()),
        of(7, 3, 5, 2, 1, 9, true, 0.1, 0.25, new MomentumOptimizer()),
        of(13, 0, 1, 1, 1, 1, true, none, 0, new MomentumOptimizer()),
        of(31, 5, 65, 1, 17, 1, true, 1, 0, new MomentumOptimizer()),
        of(257, 0, 65, 2, 3, 9, true, 1, 0, new AdaptiveOptimizer()),
        // The embedding is tied to the weight of the output, and gradients are clipped by value.
        tied(31, 9, 9, 5, 3, new AdaptiveOptimizer()),
        tied(97, 6, 17, 3, 1, new MomentumOptimizer()),
        // Deep networks with norms, and dropout along time.
        of(31, 17, 17, 2, 5, 3, true, 1, 0, new AdaptiveOptimizer()).withDepth(Norm.RMS),
        of(97, 9, 9, 3, 3, 5, false, none, 0.2, new MomentumOptimizer()).withDepth(Norm.LAYER),
        of(31, 0, 17, 2, 5, 3, true, 1, 0, new MomentumOptimizer()).withDepth(Norm.NONE),
        of(31, 5, 17, 2, 5, 3, true, 1, 0.25, new AdaptiveOptimizer()).withDropoutAlongTime(),
        // The state is reset inside windows.
        of(97, 0, 17, 2, 7, 5, true, 0.5, 0, new AdaptiveOptimizer()).withResets(),
        of(7, 3, 5, 1, 5, 3, false, none, 0.2, new MomentumOptimizer()).withResets());
  }

  private static TrainingCase of(
      int vocabulary,
      int embedding,
      int hidden,
      int layers,
      int steps,
      int batch,
      boolean carryState,
      double clipNorm,
      double dropout,
      Optimizer optimizer) {
    return new TrainingCase(
        new Architecture(vocabulary, embedding, hidden, layers, false),
        StepSpec.builder(steps, batch)
            .carryState(carryState)
            .meanLoss(batch > 3)
            .clipNorm(clipNorm)
            .dropout(dropout)
            .optimizer(Hyperparameters.defaultsOf(optimizer))
            .build(),
        optimizer);
  }

  private static TrainingCase tied(
      int vocabulary, int embedding, int hidden, int steps, int batch, Optimizer optimizer) {
    return new TrainingCase(
        new Architecture(vocabulary, embedding, hidden, 1, true),
        StepSpec.builder(steps, batch)
            .carryState(true)
            .meanLoss(true)
            .clipNorm(0.5)
            .clipValue(0.02)
            .dropout(0.25)
            .optimizer(Hyperparameters.defaultsOf(optimizer))
            .build(),
        optimizer);
  }

  private TrainingCase withDepth(Norm norm) {
    return new TrainingCase(architecture.with(true, norm), step, optimizer);
  }

  private TrainingCase withDropoutAlongTime() {
    StepSpec dropping =
        StepSpec.builder(step.windowLength(), step.batchSize())
            .carryState(step.carryState())
            .meanLoss(step.meanLoss())
            .clipNorm(step.clipNorm())
            .dropout(step.dropout())
            .dropoutKind(DropoutKind.LOCKED)
            .recurrentDropout(0.3)
            .optimizer(step.optimizer())
            .build();
    return new TrainingCase(architecture, dropping, optimizer);
  }

  private TrainingCase withResets() {
    return new TrainingCase(architecture, step.withResets(StateResets.MASKED), optimizer);
  }

  public String name() {
    return String.format(
        Locale.ROOT,
        "V %d, embedding %d, H %d, layers %d%s%s, T %d, B %d, %s, clip %s, %s, dropout %s %s, %s, %s%s",
        architecture.vocabularySize(),
        architecture.embeddingSize(),
        architecture.hiddenSize(),
        architecture.layers(),
        architecture.tied() ? ", tied" : "",
        architecture.residual() ? ", residual, norm " + architecture.norm() : "",
        step.windowLength(),
        step.batchSize(),
        step.carryState() ? "state carried" : "state zero",
        step.clipNorm(),
        step.clipValue(),
        step.dropoutKind(),
        step.dropout(),
        step.recurrentDropout(),
        optimizer.name(),
        step.resets() == StateResets.MASKED ? ", resets" : "");
  }

  public Network network() {
    return new Network(architecture, new SampleCell());
  }

  public Program program() {
    return network().train(step, optimizer);
  }

  public void check(Accelerator accelerator, double tolerance) {
    SeededRandom random = new SeededRandom(name().hashCode());
    try (SideBySide sides = new SideBySide(accelerator, tolerance)) {
      SideBySide.Pair train = sides.compile(program());
      SideBySide.Pair evaluate =
          sides.compile(network().evaluate(3, step.batchSize(), step.resets()));
      SideBySide.Pair generate = sides.compile(network().generate(step.batchSize(), step.resets()));
      initialParameters(random).forEach(train::write);
      train.write(BufferNames.LEARNING_RATE, (float) optimizer.defaultLearningRate());
      for (int i = 1; i <= STEPS; i++) {
        train.write(BufferNames.STEP, (float) i);
        train.write(BufferNames.IDS, ids(step.windowLength(), random));
        train.write(BufferNames.TARGETS, ids(step.windowLength(), random));
        if (step.drops()) {
          train.write(BufferNames.DROPOUT_SEED, random.nextInt());
        }
        writeKept(train, step.windowLength(), random);
        train.run();
        train.requireAgreement(BufferNames.LOSS, Precision.TRAINING);
        if (step.clipNorm() < Double.POSITIVE_INFINITY) {
          train.requireAgreement(BufferNames.GRADIENT_NORM, Precision.TRAINING);
        }
      }
      train.requireAgreement(Precision.TRAINING);
      evaluate.write(BufferNames.IDS, ids(3, random));
      evaluate.write(BufferNames.TARGETS, ids(3, random));
      writeKept(evaluate, 3, random);
      evaluate.run();
      evaluate.requireAgreement(Precision.TRAINING);
      generate.write(BufferNames.IDS, ids(1, random));
      writeKept(generate, 1, random);
      generate.run();
      generate.requireAgreement(Precision.TRAINING);
    }
  }

  private void writeKept(SideBySide.Pair pair, int steps, SeededRandom random) {
    if (step.resets() == StateResets.MASKED) {
      pair.write(BufferNames.STATE_MASK, kept(steps, random));
    }
  }

  /** A state mask in which one of four elements is zero. */
  public float[] kept(int steps, SeededRandom random) {
    float[] kept = new float[steps * step.batchSize()];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = random.nextInt(4) == 0 ? 0 : 1;
    }
    return kept;
  }

  public Map<String, float[]> initialParameters(SeededRandom random) {
    Map<String, float[]> values = new LinkedHashMap<>();
    network()
        .parameters()
        .forEach((name, spec) -> {
          float[] array = new float[spec.shape().elements()];
          spec.initializer().fill(array, random);
          values.put(name, array);
        });
    return values;
  }

  public int[] ids(int steps, SeededRandom random) {
    return Numbers.ids(steps * step.batchSize(), architecture.vocabularySize(), random);
  }
}

package org.charrnn.text.steps;

import java.util.Map;
import org.charrnn.api.Hyperparameters;
import org.charrnn.api.Optimizer;
import org.charrnn.api.discovery.Plugins;
import org.charrnn.api.network.Network;
import org.charrnn.api.network.StateResets;
import org.charrnn.api.network.StepSpec;
import org.charrnn.graph.Shape;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.OptimizerConfig;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.config.WindowConfig;
import org.charrnn.text.device.DeviceModel;
import org.charrnn.text.device.TrainingProgram;

/** From a configuration to the programs of its steps, with the numbers of its optimizer. */
public final class StepPrograms {

  private StepPrograms() {}

  /** The configuration with the defaults of the optimizer, so that a checkpoint contains them. */
  public static TrainingConfig withDefaults(TrainingConfig config) {
    OptimizerConfig how = config.optimizer();
    Optimizer optimizer = Plugins.optimizers().get(how.name());
    return config.toBuilder()
        .optimizer(it -> {
          it.learningRate(how.learningRate().orElseGet(optimizer::defaultLearningRate));
          hyperparameters(how, optimizer).values().forEach(it::hyperparameter);
        })
        .build();
  }

  private static Hyperparameters hyperparameters(OptimizerConfig config, Optimizer optimizer) {
    try {
      return Hyperparameters.resolve(optimizer, config.hyperparameters());
    } catch (IllegalArgumentException e) {
      throw InvalidOptionException.refused("hyperparameter", e);
    }
  }

  /** The sizes and numbers of a step of a configuration. */
  public static StepSpec step(TrainingConfig config, Optimizer optimizer) {
    OptimizerConfig how = config.optimizer();
    WindowConfig windows = config.windows();
    try {
      return StepSpec.builder(windows.seqLength(), windows.batchSize())
          .carryState(windows.carryState())
          .resets(config.documents().resetAtDocuments() ? StateResets.MASKED : StateResets.NONE)
          .meanLoss(how.meanLoss())
          .clipNorm(how.clipNorm().orElse(Double.POSITIVE_INFINITY))
          .clipValue(how.clipValue().orElse(Double.POSITIVE_INFINITY))
          .dropout(how.dropout())
          .dropoutKind(how.dropoutKind())
          .recurrentDropout(how.recurrentDropout())
          .gradientSum(how.gradientSum())
          .optimizer(hyperparameters(how, optimizer))
          .build();
    } catch (IllegalArgumentException e) {
      throw InvalidOptionException.refused("hyperparameter", e);
    }
  }

  /** The programs of the steps of a configuration. */
  public static TrainingProgram training(DeviceModel model, TrainingConfig config) {
    Optimizer optimizer = Plugins.optimizers().get(config.optimizer().name());
    return new TrainingProgram(
        model, step(config, optimizer), optimizer, config.optimizer().accumulate());
  }

  /** The shapes of the tensors that a worker with these programs saves, by name, in order. */
  public static Map<String, Shape> stateShapes(TrainingConfig config, Network network) {
    Optimizer optimizer = Plugins.optimizers().get(config.optimizer().name());
    return TrainingProgram.stateShapes(network, step(config, optimizer), optimizer);
  }
}

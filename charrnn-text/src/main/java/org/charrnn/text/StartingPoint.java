package org.charrnn.text;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.charrnn.api.SeededRandom;
import org.charrnn.text.checkpoint.HostTensor;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.config.ModelConfig;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.device.DeviceModel;
import org.charrnn.text.device.ModelFactory;
import org.charrnn.text.snapshot.Progress;
import org.charrnn.text.snapshot.Snapshot;
import org.charrnn.text.snapshot.TrainingState;
import org.charrnn.text.steps.TrainingText;
import org.charrnn.text.steps.Updater;

/** The values that a training starts from. */
sealed interface StartingPoint {

  /** Fills the memory of a training, and returns its progress. */
  Progress fill(TrainingConfig config, DeviceModel model, Updater updater);

  /** The id of the run; empty for a resumed run of a version that had none. */
  Optional<String> runId(TrainingText text);

  /** Initialized parameters. */
  record Initialized() implements StartingPoint {

    @Override
    public Progress fill(TrainingConfig config, DeviceModel model, Updater updater) {
      SeededRandom random = new SeededRandom(config.run().seed());
      model.initialize(random, config.model().initialDeviation());
      return Progress.none(random.state());
    }

    @Override
    public Optional<String> runId(TrainingText text) {
      return Optional.of(RunId.of(text.fingerprint(), text.config(), 0));
    }
  }

  /**
   * The state of an earlier training.
   *
   * @param file the file that it was read from
   * @param snapshot the contents of the file, with the state of its training
   */
  record Resumed(Path file, Snapshot snapshot) implements StartingPoint {

    @Override
    public Progress fill(TrainingConfig config, DeviceModel model, Updater updater) {
      ModelConfig architecture = config.model();
      Map<String, HostTensor> parameters = snapshot.model().tensors();
      TrainingState state = snapshot.training().orElseThrow();
      ModelFactory.requireFit(file, architecture, model.shapes(), parameters);
      ModelFactory.requireFit(file, architecture, updater.stateShapes(), state.tensors());
      model.write(parameters);
      updater.writeStates(state.tensors(), state.progress());
      return state.progress();
    }

    @Override
    public Optional<String> runId(TrainingText text) {
      return snapshot
          .model()
          .origin()
          .flatMap(SavedModel.Origin::asRun)
          .map(SavedModel.Origin.Run::run);
    }
  }

  /**
   * The parameters of a model that was trained on another text; everything else starts over.
   *
   * @param model the model
   */
  record FineTuned(SavedModel model) implements StartingPoint {

    @Override
    public Progress fill(TrainingConfig config, DeviceModel device, Updater updater) {
      SeededRandom random = new SeededRandom(config.run().seed());
      device.initialize(random, config.model().initialDeviation());
      device.write(ParameterTransfer.into(device.read(), model.tensors()));
      return Progress.none(random.state());
    }

    @Override
    public Optional<String> runId(TrainingText text) {
      int hash = 1;
      for (HostTensor tensor : model.tensors().values()) {
        hash = 31 * hash + Arrays.hashCode(tensor.values());
      }
      return Optional.of(RunId.of(text.fingerprint(), text.config(), hash));
    }
  }
}

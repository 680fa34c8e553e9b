package org.charrnn.text;

import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.charrnn.api.Hyperparameters;
import org.charrnn.api.Optimizer;
import org.charrnn.api.Plugins;
import org.charrnn.api.SeededRandom;
import org.charrnn.api.Session;
import org.charrnn.api.network.StateResets;
import org.charrnn.api.network.StepSpec;
import org.charrnn.text.checkpoint.Checkpoint;
import org.charrnn.text.checkpoint.CheckpointException;
import org.charrnn.text.checkpoint.Progress;
import org.charrnn.text.checkpoint.TrainingState;
import org.charrnn.text.config.Fixed;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.ModelConfig;
import org.charrnn.text.config.OptimizerConfig;
import org.charrnn.text.config.Setting;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.config.WindowConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.corpus.UnknownSymbolException;
import org.charrnn.text.device.DeviceModel;
import org.charrnn.text.device.TrainingProgram;

/**
 * Everything a training run works with, checked and in place.
 *
 * @param text the text, cut into windows
 * @param model the parameters, initialized or read
 * @param program the step, with optimizer states and carried states, zero or read
 * @param learningRate the learning rate
 * @param progress where to begin
 */
record TrainingSetup(
    TrainingText text,
    DeviceModel model,
    TrainingProgram program,
    double learningRate,
    Progress progress) {

  static TrainingSetup fresh(Supplier<Session> sessions, Corpus corpus, TrainingConfig given) {
    return assembled(
        sessions,
        TrainingText.of(corpus, given),
        _ -> {},
        (text, model, _) -> {
          SeededRandom random = new SeededRandom(text.config().run().seed());
          model.initialize(random, text.config().model().initialDeviation());
          return Progress.none(random.state());
        });
  }

  static TrainingSetup resumed(
      Supplier<Session> sessions,
      Corpus corpus,
      TrainingConfig config,
      Path file,
      Checkpoint saved) {
    Setting.requireSame(
        Fixed.Scope.RUN,
        saved.model().config(),
        config,
        "as when the checkpoint was written, to resume from it");
    return assembled(
        sessions,
        sameText(file, corpus, config, saved),
        text -> requireSameText(file, corpus, text, saved),
        (text, model, program) -> {
          ModelConfig made = config.model();
          TrainingState state = saved.training().orElseThrow();
          ModelFactory.requireFit(file, made, model.shapes(), saved.model().tensors());
          ModelFactory.requireFit(file, made, program.stateShapes(), state.tensors());
          model.write(saved.model().tensors());
          program.writeStates(state.tensors());
          return state.progress();
        });
  }

  /** Fills what was allocated, and says where to begin. */
  interface Filling {
    Progress fill(TrainingText text, DeviceModel model, TrainingProgram program);
  }

  static TrainingSetup assembled(
      Supplier<Session> sessions,
      TrainingText text,
      Consumer<TrainingText> check,
      Filling filling) {
    try {
      check.accept(text);
      return assembled(sessions, text, filling);
    } catch (RuntimeException | OutOfMemoryError e) {
      text.close();
      throw e;
    }
  }

  private static TrainingSetup assembled(
      Supplier<Session> sessions, TrainingText text, Filling filling) {
    TrainingConfig config = text.config();
    Optimizer optimizer = Plugins.optimizers().get(config.optimizer().name());
    StepSpec step = step(config, optimizer);
    DeviceModel model = ModelFactory.open(sessions, config.model(), text.vocabulary().size());
    try {
      TrainingProgram program =
          new TrainingProgram(
              model, step, optimizer, config.optimizer().accumulate(), config.model().hiddenSize());
      Progress progress = filling.fill(text, model, program);
      double rate = config.optimizer().learningRate().orElseGet(optimizer::defaultLearningRate);
      return new TrainingSetup(text, model, program, rate, progress);
    } catch (RuntimeException | OutOfMemoryError e) {
      model.close();
      throw e;
    }
  }

  private static StepSpec step(TrainingConfig config, Optimizer optimizer) {
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
          .optimizer(
              Hyperparameters.resolve(
                  optimizer.name(), optimizer.hyperparameters(), how.hyperparameters()))
          .build();
    } catch (IllegalArgumentException e) {
      throw InvalidOptionException.refused("hyperparameter", e);
    }
  }

  // ---- going on

  /** The vocabulary of the checkpoint may be larger than that of the text. */
  private static TrainingText sameText(
      Path file, Corpus corpus, TrainingConfig config, Checkpoint saved) {
    try {
      return TrainingText.of(corpus, config, saved.model().vocabulary());
    } catch (UnknownSymbolException _) {
      throw otherText(file, corpus);
    }
  }

  private static CheckpointException otherText(Path file, Corpus corpus) {
    return new CheckpointException(
        file,
        String.format(
            Locale.ROOT,
            "was written while training on another text than %s. Go on with that text, unchanged and with the same line endings, or begin anew with this one.",
            corpus.source()));
  }

  private static void requireSameText(
      Path file, Corpus corpus, TrainingText text, Checkpoint saved) {
    TrainingState training = saved.training().orElseThrow();
    if (!text.fingerprint().equals(training.corpusFingerprint())) {
      throw otherText(file, corpus);
    }
    Progress progress = training.progress();
    int accumulate = text.config().optimizer().accumulate();
    long steps = (long) progress.epoch() * text.stepsPerEpoch() + progress.window() / accumulate;
    boolean fits =
        progress.window() < text.windows().count()
            && progress.window() % accumulate == 0
            && progress.step() == steps;
    if (!fits) {
      throw new CheckpointException(
          file, String.format(Locale.ROOT, "is damaged: %s does not fit the text", progress));
    }
  }
}

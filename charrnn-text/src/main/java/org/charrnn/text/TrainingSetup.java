package org.charrnn.text;

import java.nio.file.Path;
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
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.ModelConfig;
import org.charrnn.text.config.OptimizerConfig;
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
    requireUnchanged(config, saved.model().config());
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

  private static void requireUnchanged(TrainingConfig now, TrainingConfig then) {
    unchanged("tokenizer", now.model().tokenizer(), then.model().tokenizer());
    unchanged("vocabularyOrder", now.model().vocabularyOrder(), then.model().vocabularyOrder());
    unchanged("cell", now.model().cell(), then.model().cell());
    unchanged("hiddenSize", now.model().hiddenSize(), then.model().hiddenSize());
    unchanged("embeddingSize", now.model().embeddingColumns(), then.model().embeddingColumns());
    unchanged("layers", now.model().layers(), then.model().layers());
    unchanged("tieWeights", now.model().tieWeights(), then.model().tieWeights());
    unchanged("initialDeviation", now.model().initialDeviation(), then.model().initialDeviation());
    unchanged("seed", now.run().seed(), then.run().seed());
    unchanged("optimizer", now.optimizer().name(), then.optimizer().name());
    unchanged("accumulate", now.optimizer().accumulate(), then.optimizer().accumulate());
    unchanged("seqLength", now.windows().seqLength(), then.windows().seqLength());
    unchanged("batchSize", now.windows().batchSize(), then.windows().batchSize());
    unchanged("carryState", now.windows().carryState(), then.windows().carryState());
    unchanged("test", now.run().test(), then.run().test());
    unchanged("validation", now.run().validation(), then.run().validation());
    unchanged(
        "resetAtDocuments",
        now.documents().resetAtDocuments(),
        then.documents().resetAtDocuments());
    unchanged("documentBegin", now.documents().documentBegin(), then.documents().documentBegin());
    unchanged(
        "documentSeparator",
        now.documents().documentSeparator(),
        then.documents().documentSeparator());
  }

  private static void unchanged(String option, Object now, Object then) {
    if (!now.equals(then)) {
      throw new InvalidOptionException(
          option,
          now,
          "%s, as it was when the checkpoint was written, in order to go on from it"
              .formatted(then));
    }
  }

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
        "was written while training on another text than %s. Go on with that text, unchanged and with the same line endings, or begin anew with this one."
            .formatted(corpus.source()));
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
          file, "is damaged: %s does not fit the text".formatted(progress));
    }
  }
}

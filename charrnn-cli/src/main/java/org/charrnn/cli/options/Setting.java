package org.charrnn.cli.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.charrnn.text.config.DocumentConfig;
import org.charrnn.text.config.ModelConfig;
import org.charrnn.text.config.OptimizerConfig;
import org.charrnn.text.config.RunConfig;
import org.charrnn.text.config.SampleConfig;
import org.charrnn.text.config.Schedule;
import org.charrnn.text.config.Schedule.Cosine;
import org.charrnn.text.config.Schedule.Decay;
import org.charrnn.text.config.Schedule.Plateau;
import org.charrnn.text.config.Schedule.Step;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.config.WatchConfig;
import org.charrnn.text.config.WindowConfig;

/**
 * One part of a configuration, as the command line calls it.
 *
 * @param label the option, or a few words for what only a profile sets
 * @param mayChange whether it may have another value when a training goes on
 * @param value its value, for the user to read
 */
public record Setting(String label, boolean mayChange, String value) {

  private static final String NONE = "none";

  /**
   * A part in which two configurations differ.
   *
   * @param before the part of the first one
   * @param after the part of the second one
   */
  public record Difference(Setting before, Setting after) {}

  /** All parts of a configuration, always the same ones in the same order. */
  public static List<Setting> of(TrainingConfig config) {
    List<Setting> settings = new ArrayList<>();
    addModel(config.model(), settings);
    addWindows(config.windows(), settings);
    addDocuments(config.documents(), settings);
    addRun(config.run(), settings);
    addOptimizer(config.optimizer(), settings);
    addSchedule(config.optimizer().schedule(), settings);
    addWatch(config.watch(), settings);
    addSample(config.sample(), settings);
    return settings;
  }

  /** All parts in which two configurations differ. */
  public static List<Difference> differences(TrainingConfig before, TrainingConfig after) {
    List<Setting> old = of(before);
    List<Setting> now = of(after);
    List<Difference> differences = new ArrayList<>();
    for (int i = 0; i < old.size(); i++) {
      if (!old.get(i).equals(now.get(i))) {
        differences.add(new Difference(old.get(i), now.get(i)));
      }
    }
    return differences;
  }

  private static void addModel(ModelConfig model, List<Setting> settings) {
    settings.add(fixed("--hidden-size", model.hiddenSize()));
    settings.add(fixed("--layers", model.layers()));
    settings.add(fixed("--embedding-size", orElse(model.embeddingSize(), ModelOptions.HIDDEN)));
    settings.add(fixed("--tie-weights", model.tieWeights()));
    settings.add(fixed("--cell", model.cell()));
    settings.add(fixed("--tokenizer", model.tokenizer()));
    settings.add(fixed("order of the vocabulary", model.vocabularyOrder()));
    settings.add(fixed("initial deviation", orElse(model.initialDeviation(), "the cell's")));
  }

  private static void addWindows(WindowConfig windows, List<Setting> settings) {
    settings.add(fixed("--seq-length", windows.seqLength()));
    settings.add(fixed("--batch-size", windows.batchSize()));
    settings.add(fixed("--carry-state", windows.carryState()));
  }

  private static void addDocuments(DocumentConfig documents, List<Setting> settings) {
    settings.add(fixed("--document-begin", documents.documentBegin().orElse(NONE)));
    settings.add(
        fixed("--document-separator", DocumentOptions.label(documents.documentSeparator())));
    settings.add(fixed("--reset-at-documents", documents.resetAtDocuments()));
  }

  private static void addRun(RunConfig run, List<Setting> settings) {
    settings.add(changing("--epochs", run.epochs()));
    settings.add(changing("--max-steps", orElse(run.maxSteps(), NONE)));
    settings.add(changing("--save-every", run.saveEvery()));
    settings.add(fixed("--validation", run.validation()));
    settings.add(fixed("--test", run.test()));
    settings.add(fixed("--seed", run.seed()));
  }

  private static void addOptimizer(OptimizerConfig optimizer, List<Setting> settings) {
    settings.add(fixed("--optimizer", optimizer.name()));
    settings.add(changing("--learning-rate", orElse(optimizer.learningRate(), "the optimizer's")));
    settings.add(changing("--optimizer-option", hyperparameters(optimizer)));
    settings.add(changing("--clip-norm", orElse(optimizer.clipNorm(), NONE)));
    settings.add(changing("--clip-value", orElse(optimizer.clipValue(), NONE)));
    settings.add(fixed("--accumulate", optimizer.accumulate()));
    settings.add(changing("--dropout", optimizer.dropout()));
    settings.add(changing("mean of losses", optimizer.meanLoss()));
  }

  private static void addSchedule(Schedule schedule, List<Setting> settings) {
    settings.add(changing("--schedule", schedule.label()));
    settings.add(changing("--decay-after", schedule instanceof Decay it ? it.after() : NONE));
    settings.add(changing("--decay-rate", decayRate(schedule)));
    settings.add(changing("--decay-every", every(schedule, Step.Unit.EPOCHS)));
    settings.add(changing("--decay-every-steps", every(schedule, Step.Unit.STEPS)));
    settings.add(changing("--decay-to", schedule instanceof Cosine it ? it.end() : NONE));
    settings.add(
        changing("--warmup-steps", schedule instanceof Cosine it ? it.warmupSteps() : NONE));
    settings.add(
        changing("--decay-patience", schedule instanceof Plateau it ? it.patience() : NONE));
  }

  private static Object decayRate(Schedule schedule) {
    return switch (schedule) {
      case Decay decay -> decay.rate();
      case Step step -> step.rate();
      case Plateau plateau -> plateau.rate();
      case Schedule.Constant _, Cosine _ -> NONE;
    };
  }

  private static Object every(Schedule schedule, Step.Unit unit) {
    return schedule instanceof Step step && step.unit() == unit ? step.every() : NONE;
  }

  private static void addWatch(WatchConfig watch, List<Setting> settings) {
    settings.add(changing("--validate-every-steps", orElse(watch.validateEverySteps(), NONE)));
    settings.add(changing("--save-every-steps", orElse(watch.saveEverySteps(), NONE)));
    settings.add(changing("--patience", orElse(watch.patience(), NONE)));
    settings.add(changing("--max-time", watch.maxTime().map(Times::format).orElse(NONE)));
  }

  private static void addSample(SampleConfig sample, List<Setting> settings) {
    settings.add(changing("--begin", sample.begin().orElse("the first character")));
    settings.add(changing("--sample-length", sample.length()));
    settings.add(changing("--temperature", sample.temperature()));
  }

  private static String hyperparameters(OptimizerConfig optimizer) {
    return optimizer.hyperparameters().isEmpty()
        ? NONE
        : optimizer.hyperparameters().entrySet().stream()
            .map(Map.Entry::toString)
            .collect(Collectors.joining(" "));
  }

  private static Setting fixed(String label, Object value) {
    return new Setting(label, false, value.toString());
  }

  private static Setting changing(String label, Object value) {
    return new Setting(label, true, value.toString());
  }

  private static Object orElse(OptionalInt value, String absent) {
    return value.isPresent() ? value.getAsInt() : absent;
  }

  private static Object orElse(OptionalLong value, String absent) {
    return value.isPresent() ? value.getAsLong() : absent;
  }

  private static Object orElse(OptionalDouble value, String absent) {
    return value.isPresent() ? value.getAsDouble() : absent;
  }
}

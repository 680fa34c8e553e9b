package org.charrnn.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.charrnn.cli.options.BudgetOption;
import org.charrnn.cli.options.DocumentOptions;
import org.charrnn.cli.options.ModelOptions;
import org.charrnn.cli.options.OptimizerOptions;
import org.charrnn.cli.options.Required;
import org.charrnn.cli.options.RoundOptions;
import org.charrnn.cli.options.RunOptions;
import org.charrnn.cli.options.SampleOptions;
import org.charrnn.cli.options.ScheduleOptions;
import org.charrnn.cli.options.SettingText;
import org.charrnn.cli.options.TextOptions;
import org.charrnn.cli.options.WatchOptions;
import org.charrnn.cli.record.MetricsFile;
import org.charrnn.cli.record.RunFolder;
import org.charrnn.cli.report.RunRecorder;
import org.charrnn.cli.spi.ComputeOptions;
import org.charrnn.cli.spi.TrainingDisplay;
import org.charrnn.cli.spi.TrainingPlace;
import org.charrnn.cli.spi.TrainingServer;
import org.charrnn.text.CharRnn;
import org.charrnn.text.Trainer;
import org.charrnn.text.checkpoint.CheckpointException;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.Profile;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.config.annotation.Fixed;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.settings.ConfigJson;
import org.charrnn.text.settings.Setting;
import org.charrnn.text.snapshot.RunOutput;
import org.charrnn.text.training.TrainingListener;
import org.charrnn.text.training.TrainingResult;
import org.charrnn.text.unicode.VisibleText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains a model on a text. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    customSynopsis = "charrnn train CORPUS --out MODEL [OPTION...]%n",
    sortOptions = false,
    description =
        "Train a model on a text. Ctrl-C ends training after the current step or round, with a"
            + " checkpoint to resume from.")
final class TrainCommand implements Callable<Integer> {

  private static final int MAX_PORT = 65_535;

  private final boolean terminal;
  private final Interrupts interrupts;
  private final Optional<TrainingPlace> place;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "CORPUS", description = "A text file, UTF-8.")
  private @Nullable String corpus;

  @Mixin private final TrainingOutput output = new TrainingOutput();

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description =
          "The defaults of options that are not given: standard, small, best, or seed. See the table"
              + " below.")
  private @Nullable String profile;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "A JSON file with any part of the configuration, such as config.json in the folder of a"
              + " run. Values that it lacks are those of the profile; options take precedence over"
              + " it.")
  private @Nullable Path configFile;

  @Option(
      names = "--serve",
      paramLabel = "PORT",
      description =
          "Show the training at http://127.0.0.1:PORT/ while it runs: its curves, its samples, and"
              + " a page that generates with the model that was saved last. Needs charrnn-serve.")
  private @Nullable Integer servePort;

  @Mixin private final FineTuneOptions fineTune = new FineTuneOptions();
  @Mixin private final ModelOptions model = new ModelOptions();
  @Mixin private final RunOptions run = new RunOptions();
  @Mixin private final BudgetOption budget = new BudgetOption();
  @Mixin private final OptimizerOptions optimizer = new OptimizerOptions();
  @Mixin private final ScheduleOptions schedule = new ScheduleOptions();
  @Mixin private final WatchOptions watch = new WatchOptions();
  @Mixin private final RoundOptions rounds = new RoundOptions();
  @Mixin private final SampleOptions sample = new SampleOptions();
  @Mixin private final DocumentOptions documents = new DocumentOptions();
  @Mixin private final TextOptions text = new TextOptions();
  @Mixin private final ComputeOptions compute = new ComputeOptions();

  /**
   * A command.
   *
   * @param place where it trains; empty for this machine
   */
  TrainCommand(boolean terminal, Interrupts interrupts, Optional<TrainingPlace> place) {
    this.terminal = terminal;
    this.interrupts = interrupts;
    this.place = place;
  }

  @Override
  public Integer call() {
    String corpusPath = Required.required(corpus);
    budget.start(Required.required(spec).commandLine().getParseResult());
    Opening opening = output.resume() ? this::resumed : fresh();
    place.ifPresent(it -> text.requireUnstreamed(it.command()));
    try (TrainingPlace.Opened opened =
            place.map(TrainingPlace::open).orElseGet(() -> new ThisMachine(text));
        RunOutput files = output.claim(corpusPath, opened)) {
      Corpus read = opened.read(corpusPath, text.lineEndings());
      try (Trainer trainer = opening.open(opened.charRnn(compute, read), read)) {
        if (trainer.isFinished()) {
          out().println(nothingToDo(trainer));
          return ExitCode.OK;
        }
        return new TrainingReport(Required.required(spec), output.checkpoint())
            .of(run(trainer, read, files, opened.listener()), trainer);
      }
    }
  }

  // ---- what to train

  /** Starts a run, or resumes one. */
  private interface Opening {
    Trainer open(CharRnn charRnn, Corpus corpus);
  }

  /** Impossible options are reported before anything is read. */
  private Opening fresh() {
    Profile base = profile == null ? Profile.STANDARD : Profile.named(profile);
    TrainingConfig config = withOptions(fineTune.over(withFile(base.config())));
    PrintWriter silent = new PrintWriter(Writer.nullWriter());
    return (charRnn, read) ->
        trainer(
            charRnn,
            read,
            budget.planned(config, it -> trainer(charRnn, read, it, silent), err()),
            err());
  }

  private Trainer trainer(
      CharRnn charRnn, Corpus read, TrainingConfig config, PrintWriter messages) {
    return fineTune.isWanted()
        ? fineTune.trainer(charRnn, read, config, messages)
        : charRnn.trainer(read, config);
  }

  private TrainingConfig withFile(TrainingConfig base) {
    return configFile == null ? base : ConfigJson.read(configFile, base);
  }

  private TrainingConfig withOptions(TrainingConfig base) {
    return base.toBuilder()
        .model(model::applyTo)
        .optimizer(optimizer::applyTo)
        .optimizer(it -> schedule.applyTo(it, base.optimizer().schedule()))
        .sample(sample::applyTo)
        .documents(documents::applyTo)
        .run(run::applyTo)
        .watch(run::applyTo)
        .watch(watch::applyTo)
        .windows(run::applyTo)
        .rounds(rounds::applyTo)
        .build();
  }

  private Trainer resumed(CharRnn charRnn, Corpus read) {
    return charRnn.resume(output.checkpoint(), read, it -> changed(it.build()).toBuilder());
  }

  /**
   * The configuration of the checkpoint, overridden by the profile, if one is given, then by the
   * configuration file, if one is given, then by the options.
   */
  private TrainingConfig changed(TrainingConfig before) {
    Optional<TrainingConfig> given =
        Optional.ofNullable(profile).map(name -> Profile.named(name).config());
    TrainingConfig after = withPrompt(withOptions(withFile(given.orElse(before))), before);
    List<Setting.Difference> differences =
        Setting.differences(
            CharRnn.withOptimizerDefaults(before), CharRnn.withOptimizerDefaults(after));
    refuse(differences.stream().filter(it -> it.before().isFixed(Fixed.Scope.RUN)).toList());
    differences.forEach(it ->
        err()
            .println(
                String.format(
                    Locale.ROOT,
                    "charrnn: from here on %s %s (was %s)",
                    SettingText.label(it.after()),
                    SettingText.value(it.after()),
                    SettingText.value(it.before()))));
    return after;
  }

  /** The prompt is kept unless another one is given. */
  private static TrainingConfig withPrompt(TrainingConfig after, TrainingConfig before) {
    Optional<String> prompt = before.sample().prompt();
    return after.sample().prompt().isPresent() || prompt.isEmpty()
        ? after
        : after.toBuilder().sample(it -> it.prompt(prompt.get())).build();
  }

  private void refuse(List<Setting.Difference> differences) {
    if (!differences.isEmpty()) {
      String list =
          differences.stream()
              .map(it ->
                  String.format(
                      Locale.ROOT,
                      "%s %s, not %s",
                      SettingText.label(it.before()),
                      SettingText.value(it.before()),
                      SettingText.value(it.after())))
              .collect(Collectors.joining("; "));
      throw new CheckpointException(
          output.checkpoint(),
          String.format(
              Locale.ROOT,
              "cannot be resumed with these options; it was trained with %s. Omit them, or start a"
                  + " new run with another --out.",
              list));
    }
  }

  // ---- training

  private TrainingResult run(Trainer trainer, Corpus read, RunOutput files, TrainingListener last) {
    try (RunFolder folder = output.openRunFolder(trainer);
        MetricsFile metrics = output.openMetrics();
        TrainingDisplay display = TrainingDisplay.of(out(), err(), terminal);
        RunRecorder recorder = folder == null ? null : recorder(folder, trainer, read, display);
        TrainingServer.Running server = servePort == null ? null : server(servePort)) {
      interrupts.hold(() -> {
        trainer.requestStop();
        display.note(
            String.format(
                Locale.ROOT,
                "charrnn: stopping after this %s, with a checkpoint; Ctrl-C again ends at once",
                trainer.plan().config().rounds().hasOuterStep() ? "round" : "step"));
      });
      List<TrainingListener> listeners = new ArrayList<>();
      if (metrics != null) {
        listeners.add(TrainingListener.optional("writing to --metrics", metrics, display::warned));
      }
      listeners.add(display);
      if (recorder != null) {
        listeners.add(recorder);
      }
      if (server != null) {
        display.note("charrnn: showing the training at " + server.address());
        listeners.add(TrainingListener.optional("--serve", server.listener(), display::warned));
      }
      listeners.add(last);
      return trainer.run(files, TrainingListener.all(listeners));
    } finally {
      interrupts.release();
    }
  }

  private TrainingServer.Running server(int port) {
    if (port < 0 || port > MAX_PORT) {
      throw new InvalidOptionException("serve", port, "from 0 to " + MAX_PORT);
    }
    return ServiceLoader.load(TrainingServer.class)
        .findFirst()
        .orElseThrow(() ->
            new InvalidOptionException("serve", port, "used with charrnn-serve on the class path"))
        .start(port, compute.charRnn());
  }

  private RunRecorder recorder(
      RunFolder folder, Trainer trainer, Corpus read, TrainingDisplay display) {
    return new RunRecorder(
        folder,
        trainer,
        read,
        output.checkpoint(),
        compute.charRnn().accelerator().name(),
        display::warned);
  }

  private String nothingToDo(Trainer trainer) {
    String done =
        String.format(
            Locale.ROOT,
            "Nothing to do: %s holds step %d of %d.",
            VisibleText.inLine(output.checkpoint()),
            trainer.stepsDone(),
            trainer.plan().totalSteps());
    return trainer.stepsDone() < trainer.plan().totalSteps()
        ? done
            + String.format(
                Locale.ROOT,
                " The last %d validations did not improve on the best; a larger --patience, or"
                    + " none, trains it longer.",
                trainer.validationsSinceBest())
        : done + " A larger --epochs, --steps or --max-steps trains it longer.";
  }

  private PrintWriter out() {
    return Required.required(spec).commandLine().getOut();
  }

  private PrintWriter err() {
    return Required.required(spec).commandLine().getErr();
  }
}

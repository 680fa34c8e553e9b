package org.charrnn.cli.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.charrnn.cli.record.MeasuredSamples;
import org.charrnn.cli.record.MetricsFile;
import org.charrnn.cli.record.MetricsLine;
import org.charrnn.cli.record.Run;
import org.charrnn.cli.record.RunFacts;
import org.charrnn.cli.record.RunFolder;
import org.charrnn.cli.record.RunHistory;
import org.charrnn.cli.record.Sample;
import org.charrnn.cli.record.Surprisals;
import org.charrnn.text.Trainer;
import org.charrnn.text.checkpoint.OutputException;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.settings.ConfigJson;
import org.charrnn.text.training.StepReport;
import org.charrnn.text.training.TrainingListener;
import org.charrnn.text.training.TrainingPlan;
import org.charrnn.text.training.TrainingResult;
import org.charrnn.text.training.ValidationReport;
import org.jspecify.annotations.Nullable;

/**
 * Records a run in its folder. A failure, for example a full disk, is reported once; training
 * continues without recording.
 *
 * <p><b>Thread safety.</b> For the thread that trains.
 */
public final class RunRecorder implements TrainingListener, AutoCloseable {

  private final RunFolder folder;
  private final Trainer trainer;
  private final Measurements measurements;
  private final RunFacts about;
  private final Consumer<String> warnings;
  private @Nullable MetricsFile metricsFile;
  private RunHistory history = new RunHistory();
  private RunFacts facts;
  private List<Sample> samples = new ArrayList<>();
  private List<MeasuredSamples> measures = new ArrayList<>();
  private Optional<Surprisals> surprisals = Optional.empty();
  private @Nullable StepReport pending;
  private boolean broken;

  /**
   * Creates a recorder. Nothing is written before training starts.
   *
   * @param folder the folder
   * @param trainer the trainer, which also generates and scores texts at each save
   * @param corpus the training text
   * @param model the checkpoint
   * @param accelerator the name of the accelerator
   * @param warnings receives failures
   */
  public RunRecorder(
      RunFolder folder,
      Trainer trainer,
      Corpus corpus,
      Path model,
      String accelerator,
      Consumer<String> warnings) {
    this.folder = folder;
    this.trainer = trainer;
    this.measurements = new Measurements(trainer, corpus);
    this.warnings = warnings;
    this.about = RunFacts.of(trainer.plan(), corpus.source(), model.toString(), accelerator);
    this.facts = about;
  }

  // ---- events

  @Override
  public void started(TrainingPlan plan) {
    attempt(() -> {
      if (plan.startStep() == 0) {
        begin();
      } else {
        resume(plan.startStep());
      }
      folder.replace(folder.config(), ConfigJson.write(plan.config()));
      folder.replace(folder.facts(), facts.json());
      MetricsFile file = MetricsFile.open(folder.metrics(), true);
      metricsFile = file;
      file.started(plan);
      if (plan.startStep() > 0 && Files.size(folder.metrics()) > 0) {
        history = RunHistory.read(folder.metrics());
      }
    });
  }

  private void begin() throws IOException {
    folder.dropSamplesAfter(-1);
    for (Path old :
        List.of(folder.metrics(), folder.measures(), folder.surprisals(), folder.report())) {
      Files.deleteIfExists(old);
    }
  }

  private void resume(long step) throws IOException {
    folder.dropSamplesAfter(step);
    samples = folder.readSamples();
    measures = new ArrayList<>(RunFiles.measures(folder));
    measures.removeIf(it -> it.step() > step);
    writeMeasures();
    surprisals = RunFiles.surprisals(folder);
    if (Files.exists(folder.facts())) {
      RunFacts before = RunFacts.parse(Files.readString(folder.facts()));
      facts = about.with(before.baseline(), before.baselineNote());
    }
  }

  @Override
  public void step(StepReport report) {
    attempt(() -> {
      if (metricsFile != null) {
        metricsFile.step(report);
      }
      settle(OptionalDouble.empty());
      pending = report;
    });
  }

  @Override
  public void validated(ValidationReport report) {
    attempt(() -> {
      if (metricsFile != null) {
        metricsFile.validated(report);
      }
      settle(OptionalDouble.of(report.loss().nats()));
    });
  }

  /** Records the pending step, which may have been validated. */
  private void settle(OptionalDouble validation) throws IOException {
    if (pending != null) { // rounded as in the file, from which the page can be regenerated
      history.add(MetricsLine.parse(MetricsLine.format(pending, validation)));
      pending = null;
    }
  }

  @Override
  public void saving(long step) {
    attempt(() -> {
      if (trainer.plan().config().sample().length() == 0) {
        judge(step);
      }
      if (metricsFile != null) {
        metricsFile.saving(step);
      }
    });
  }

  @Override
  public void sample(String text, long step) {
    attempt(() -> {
      settle(OptionalDouble.empty());
      Sample sample = new Sample(step, history.lastEpoch(), text);
      folder.writeSample(sample);
      samples.add(sample);
      judge(step);
    });
  }

  @Override
  public void ended(TrainingResult end) {
    attempt(() -> {
      if (end.test().isPresent()) {
        facts = facts.withTest(end.test().get().nats());
        folder.replace(folder.facts(), facts.json());
      }
    });
  }

  @Override
  public void close() {
    if (metricsFile != null) {
      metricsFile.close();
    }
    attempt(() -> {
      settle(OptionalDouble.empty());
      if (history.lastStep() > 0) {
        Run run = run();
        folder.replace(folder.report(), new ReportPage(run).html());
        Plots.write(folder, run)
            .ifPresent(
                problem -> warnings.accept("no plots in " + folder.plots() + ": " + problem));
      }
    });
  }

  // ---- measurements at each save

  private void judge(long step) throws IOException {
    settle(OptionalDouble.empty());
    if (!facts.isBaselineSettled()) {
      facts = measurements.withBaseline(facts);
      folder.replace(folder.facts(), facts.json());
    }
    measures.add(measurements.samples(step, history.lastEpoch()));
    writeMeasures();
    Surprisals found = measurements.surprisals(step);
    surprisals = Optional.of(found);
    folder.replace(folder.surprisals(), found.json());
    folder.replace(folder.report(), new ReportPage(run()).html());
  }

  private void writeMeasures() throws IOException {
    StringBuilder lines = new StringBuilder();
    measures.forEach(it -> lines.append(it.line()).append('\n'));
    folder.replace(folder.measures(), lines.toString());
  }

  private Run run() {
    return new Run(
        RunFiles.name(folder),
        trainer.plan().config(),
        facts,
        history,
        samples,
        measures,
        surprisals);
  }

  // ---- failures

  private interface Attempt {
    void run() throws IOException;
  }

  private void attempt(Attempt attempt) {
    if (broken) {
      return;
    }
    try {
      attempt.run();
    } catch (IOException e) {
      giveUp(OutputException.reason(e));
    } catch (RuntimeException e) {
      giveUp(String.valueOf(e.getMessage()));
    } catch (OutOfMemoryError _) { // training itself already has its memory
      giveUp("out of memory during the measurements at a save");
    }
  }

  private void giveUp(String reason) {
    broken = true;
    warnings.accept(
        String.format(
            Locale.ROOT,
            "cannot record the run in %s: %s. Training continues without recording.",
            folder.path(),
            reason));
  }
}

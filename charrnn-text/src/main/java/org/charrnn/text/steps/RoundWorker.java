package org.charrnn.text.steps;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.charrnn.api.Optimizer;
import org.charrnn.api.discovery.Plugins;
import org.charrnn.text.checkpoint.HostTensor;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.config.WindowConfig;
import org.charrnn.text.device.DeviceModel;
import org.charrnn.text.device.GradientProgram;
import org.charrnn.text.device.ModelFactory;
import org.charrnn.text.device.OpenSession;
import org.charrnn.text.device.TrainingProgram;
import org.charrnn.text.encoding.Documents;
import org.charrnn.text.encoding.Ids;
import org.charrnn.text.encoding.Windows;
import org.charrnn.text.evaluation.ModelDivergedException;
import org.charrnn.text.rounds.PartText;
import org.charrnn.text.rounds.Round;
import org.charrnn.text.rounds.WorkerReport;
import org.charrnn.text.rounds.WorkerResult;
import org.charrnn.text.rounds.WorkerSetup;
import org.charrnn.text.snapshot.Progress;
import org.charrnn.text.snapshot.Validations;

/**
 * Runs the rounds of workers, see {@link org.charrnn.text.rounds}. It keeps compiled programs and
 * their memory, but no state of a round: the result is a function of the arguments of {@link #run},
 * so that one instance can serve several workers, and a round can be repeated anywhere.
 *
 * <p><b>Thread safety.</b> One thread at a time, which may change.
 */
public final class RoundWorker implements AutoCloseable {

  private final WorkerSetup setup;
  private final DeviceModel model;
  private final Task task;

  /** What a worker does in a round; the configuration says which. */
  private interface Task {
    WorkerResult run(Round round, int worker, Windows windows, Optional<byte[]> state);
  }

  private RoundWorker(OpenSession session, WorkerSetup setup) {
    TrainingConfig config = setup.config();
    this.setup = setup;
    this.model =
        new DeviceModel(session, ModelFactory.network(config.model(), setup.vocabulary().size()));
    this.task = config.rounds().hasOuterStep() ? new Steps() : new Gradient();
  }

  /** Allocates the memory of a worker; if that fails, the session is left open. */
  public static RoundWorker of(OpenSession session, WorkerSetup setup) {
    return new RoundWorker(session, setup);
  }

  /**
   * Runs a worker in a round.
   *
   * @param round the task of all workers
   * @param worker its index, from 0
   * @param part its {@linkplain org.charrnn.text.rounds.TextParts#part part} of the text
   * @param state its state after the previous round; empty before the first one
   * @return its values and its state after the round
   * @throws ModelDivergedException if a loss or the norm of the gradients is not finite
   * @throws IllegalArgumentException if the part or the state is not that of this worker and round
   */
  public WorkerResult run(Round round, int worker, PartText part, Optional<byte[]> state) {
    try (var _ = model.reserve()) {
      Windows windows = windows(part);
      if (windows.count() != round.windowsPerEpoch()) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "the text of worker %d has %d windows, expected %d",
                worker,
                windows.count(),
                round.windowsPerEpoch()));
      }
      model.writeFlat(round.weights());
      return task.run(round, worker, windows, state);
    }
  }

  private Windows windows(PartText part) {
    TrainingConfig config = setup.config();
    Ids ids = Ids.readBy(readers -> part.reader(readers)::read, part.length());
    return new Windows(
        ids.inReadingOrder(config.model().direction()),
        config.windows().seqLength(),
        config.windows().batchSize(),
        Documents.resets(config, setup.vocabulary()));
  }

  private static Progress progress(Round.Position start) {
    return new Progress(
        start.step(),
        start.epoch(),
        start.window(),
        0,
        start.random(),
        new Validations(OptionalDouble.empty(), 0, 0, 0, start.reductions()));
  }

  /** The steps of a round, which change the weights. */
  private final class Steps implements Task {

    private final TrainingProgram program;
    private final WorkerStateFormat format;

    Steps() {
      this.program = StepPrograms.training(model, setup.config());
      this.format = new WorkerStateFormat(program.stateShapes());
    }

    @Override
    public WorkerResult run(Round round, int worker, Windows windows, Optional<byte[]> state) {
      Progress progress = progress(round.position());
      program.writeStates(states(worker, progress.step(), state));
      TrainingConfig config = setup.config();
      StepRunner runner =
          new StepRunner(
              config,
              windows,
              program,
              new DropoutSeeds(worker, round.workers()),
              Math.ceilDiv(windows.count(), config.windowsPerStep()));
      int read = 0;
      double loss = 0;
      double norm = 0;
      for (int step = 0; step < round.steps(); step++) {
        Updater.Updated updated = runner.update(progress);
        progress = updated.progress();
        read += updated.windows();
        loss += updated.loss();
        norm += updated.report().gradientNorm().orElse(0);
      }
      return new WorkerResult(
          worker,
          change(round.weights()),
          format.write(worker, progress.step(), program.readStates()),
          new WorkerReport(read, loss, norm));
    }

    private Map<String, HostTensor> states(int worker, long step, Optional<byte[]> state) {
      return state.map(bytes -> format.read(worker, step, bytes)).orElseGet(format::initial);
    }

    private float[] change(float[] before) {
      float[] change = model.readFlat();
      for (int i = 0; i < change.length; i++) {
        change[i] = before[i] - change[i];
      }
      return change;
    }
  }

  /** The gradient of the window of a worker. */
  private final class Gradient implements Task {

    private final GradientProgram program;
    private final int[] ids;
    private final int[] targets;
    private final float[] stateMask;

    Gradient() {
      TrainingConfig config = setup.config();
      Optimizer optimizer = Plugins.optimizers().get(config.optimizer().name());
      this.program = new GradientProgram(model, StepPrograms.step(config, optimizer));
      WindowConfig windows = config.windows();
      int characters = windows.seqLength() * windows.batchSize();
      this.ids = new int[characters];
      this.targets = new int[characters];
      this.stateMask = new float[characters];
    }

    @Override
    public WorkerResult run(Round round, int worker, Windows windows, Optional<byte[]> state) {
      Round.Position start = round.position();
      int window = start.window() + worker;
      windows.fill(window, ids, targets, stateMask);
      long read = (long) start.epoch() * windows.count() + window;
      double loss =
          program.read(ids, targets, stateMask, DropoutSeeds.ALONE.seed(start.random(), read));
      return new WorkerResult(
          worker, program.gradients(), new byte[0], new WorkerReport(1, loss, 0));
    }
  }

  /** Frees the memory. Closing twice does nothing. */
  @Override
  public void close() {
    model.close();
  }
}

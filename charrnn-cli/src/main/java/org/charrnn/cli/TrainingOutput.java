package org.charrnn.cli;

import java.nio.file.Path;
import org.charrnn.cli.options.Required;
import org.charrnn.cli.record.MetricsFile;
import org.charrnn.cli.record.RunFolder;
import org.charrnn.cli.record.RunFolder.Start;
import org.charrnn.cli.spi.TrainingPlace;
import org.charrnn.text.Trainer;
import org.charrnn.text.checkpoint.OutputException;
import org.charrnn.text.snapshot.RunOutput;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The outputs of a training run, and what they may replace. */
final class TrainingOutput {

  private static final String NONE = "none";

  @Option(
      names = "--out",
      paramLabel = "MODEL",
      required = true,
      description =
          "The file of the model, a checkpoint. With held-out text the best model is written beside"
              + " it, a.best.ckpt beside a.ckpt.")
  private @Nullable String out;

  private @Nullable Path checkpoint;

  @Option(
      names = "--resume",
      description =
          "Resume the training that wrote MODEL, with its options. Options that may change, such as"
              + " --epochs, apply from there on; others are refused.")
  private boolean resume;

  @Option(
      names = "--force",
      description = "Start a new run even if MODEL exists; the first checkpoint replaces it.")
  private boolean force;

  @Option(
      names = "--metrics",
      paramLabel = "FILE",
      description =
          "Write a line of JSON for each step: step, epoch, characters, nats_per_char,"
              + " learning_rate, gradient_norm, chars_per_s; and validation_nats_per_char where the"
              + " held-out text was measured.")
  private @Nullable Path metrics;

  @Option(
      names = "--run-folder",
      paramLabel = "FOLDER",
      description =
          "The folder for the configuration, metrics, samples, plots and report.html of the run;"
              + " 'none' for none. Default: beside MODEL, a.run for a.ckpt.")
  private @Nullable String runFolder;

  /** The file of the model on this machine; known once it is claimed. */
  Path checkpoint() {
    return Required.required(checkpoint);
  }

  boolean resume() {
    return resume;
  }

  /**
   * Owns the files of the model until the result is closed.
   *
   * @param corpus the path of the text
   * @param place says where the files are
   * @throws OutputException if they cannot be written, another run owns them, or an existing model
   *     would be lost
   */
  RunOutput claim(String corpus, TrainingPlace.Opened place) {
    checkpoint = place.checkpoint(Required.required(out));
    if (metrics != null && (isSame(metrics, Path.of(corpus)) || isSame(metrics, checkpoint()))) {
      throw new OutputException(metrics, "--metrics needs a file of its own", null);
    }
    RunOutput output =
        force && !resume ? RunOutput.claimReplacing(checkpoint()) : RunOutput.claim(checkpoint());
    boolean isUsable = false;
    try {
      if (!resume) {
        output.requireNew(
            "Resume its training with --resume, choose another file, or overwrite it with"
                + " --force.");
      }
      isUsable = true;
      return output;
    } finally {
      if (!isUsable) {
        output.close();
      }
    }
  }

  /** Null if no metrics are requested. */
  @Nullable MetricsFile openMetrics() {
    return metrics == null ? null : MetricsFile.open(metrics, resume || force);
  }

  /**
   * The folder of the run, created if it does not exist; null if none is requested.
   *
   * @throws OutputException if it cannot be created, or its contents must not be replaced
   */
  @Nullable RunFolder openRunFolder(Trainer trainer) {
    if (NONE.equals(runFolder)) {
      return null;
    }
    return RunFolder.open(
        runFolder == null ? defaultRunFolder() : Path.of(runFolder),
        resume ? Start.RESUME : force ? Start.REPLACE : Start.NEW,
        trainer.plan(),
        2 * trainer.checkpointBytes()); // for the checkpoint and the best model
  }

  private Path defaultRunFolder() {
    return resume ? RunFolder.ofResumed(checkpoint()) : RunFolder.beside(checkpoint());
  }

  private static boolean isSame(Path one, Path other) {
    return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
  }
}

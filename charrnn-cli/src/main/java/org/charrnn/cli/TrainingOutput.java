package org.charrnn.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.charrnn.cli.report.MetricsFile;
import org.charrnn.cli.report.RunFolder;
import org.charrnn.cli.report.RunFolder.Start;
import org.charrnn.text.checkpoint.Checkpoint;
import org.charrnn.text.checkpoint.OutputException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a training run writes to, and what may be lost there. */
final class TrainingOutput {

  private static final String NONE = "none";

  @Option(
      names = "--out",
      paramLabel = "MODEL",
      required = true,
      description =
          "The checkpoint: where the model goes. With held-out text the best model goes beside it, a.best.ckpt beside a.ckpt.")
  private @Nullable Path out;

  @Option(
      names = "--resume",
      description =
          "Go on with the training that wrote MODEL, with its options. What may change, such as --epochs, does so"
              + " from there on; what cannot is refused.")
  private boolean resume;

  @Option(
      names = "--force",
      description = "Begin anew even if MODEL exists; it is replaced by the first checkpoint.")
  private boolean force;

  @Option(
      names = "--metrics",
      paramLabel = "FILE",
      description =
          "Write a line of JSON for each step: step, epoch, characters, nats_per_char, learning_rate,"
              + " gradient_norm, chars_per_s; and validation_nats_per_char where the held-out text was measured.")
  private @Nullable Path metrics;

  @Option(
      names = "--run-folder",
      paramLabel = "FOLDER",
      description =
          "Where the configuration, metrics, samples, plots and report.html of the run go; 'none' for nowhere. Default: the"
              + " name of MODEL with .run, beside it.")
  private @Nullable String runFolder;

  Path checkpoint() {
    return Required.required(out);
  }

  boolean resume() {
    return resume;
  }

  /**
   * Finds out what can be known before a long training.
   *
   * @throws OutputException if the checkpoint cannot be written, or what stands there would be lost
   */
  void check(Path corpus) {
    Checkpoint.requireWritable(checkpoint(), 0);
    refuseLoss(checkpoint());
    refuseLoss(Checkpoint.best(checkpoint()));
    if (metrics != null && (isSame(metrics, corpus) || isSame(metrics, checkpoint()))) {
      throw new OutputException(metrics, "--metrics needs a file of its own", null);
    }
  }

  private void refuseLoss(Path file) {
    if (!resume && !force && hasContent(file)) {
      throw new OutputException(
          file,
          "it exists already. Go on with its training with --resume, name another file, or allow its loss with --force.",
          null);
    }
  }

  /** Null if no metrics are wanted. */
  @Nullable MetricsFile openMetrics() {
    return metrics == null ? null : MetricsFile.open(metrics, resume || force);
  }

  /**
   * The folder of the run, made if it is not there; null if none is wanted.
   *
   * @throws OutputException if it cannot be made, or holds what is not to be lost
   */
  @Nullable RunFolder openRunFolder() {
    if (NONE.equals(runFolder)) {
      return null;
    }
    return RunFolder.open(
        runFolder == null ? RunFolder.beside(checkpoint()) : Path.of(runFolder),
        resume ? Start.RESUME : force ? Start.REPLACE : Start.NEW);
  }

  private static boolean hasContent(Path file) {
    try {
      return Files.exists(file) && Files.size(file) > 0;
    } catch (IOException _) {
      return true; // it is there, and nobody knows what is in it
    }
  }

  private static boolean isSame(Path one, Path other) {
    return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
  }
}

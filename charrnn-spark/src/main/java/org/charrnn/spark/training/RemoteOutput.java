package org.charrnn.spark.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.charrnn.api.CharRnnException;
import org.charrnn.spark.files.HadoopFile;
import org.charrnn.spark.files.LocalFolder;
import org.charrnn.text.Checkpoint;
import org.charrnn.text.snapshot.CheckpointName;
import org.charrnn.text.training.TrainingListener;
import org.charrnn.text.training.TrainingResult;

/**
 * The checkpoint and the records of a training in a file system that is not that of the driver:
 * they are written to a local folder and copied whenever the checkpoint is saved, so that they
 * survive the driver.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 */
public final class RemoteOutput implements TrainingListener, AutoCloseable {

  private static final String RUN_FOLDER = ".run";
  private static final String LOCK = ".lock";

  private final String path;
  private final Configuration configuration;
  private final LocalFolder folder;

  /**
   * Prepares a local folder, with the checkpoint and the records of its run if there are any.
   *
   * @param configuration the configuration of Hadoop
   * @param path the checkpoint, in any file system that Hadoop reads
   * @throws CharRnnException if it cannot be read
   */
  public RemoteOutput(String path, Configuration configuration) {
    this.path = path;
    this.configuration = configuration;
    try {
      this.folder = LocalFolder.create();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    fetch(file());
    fetch(Checkpoint.best(file()));
    fetch(folder.resolve(CheckpointName.stem(file()) + RUN_FOLDER));
  }

  private void fetch(Path local) {
    HadoopFile remote = remote(local);
    if (remote.exists()) {
      remote.copyTo(local);
    }
  }

  /** {@return the local file to train into} */
  public Path file() {
    return folder.resolve(path.substring(path.lastIndexOf('/') + 1));
  }

  /** The place of a file in the local folder. */
  private HadoopFile remote(Path local) {
    String parent = path.substring(0, path.lastIndexOf('/') + 1);
    return new HadoopFile(parent + folder.path().relativize(local), configuration);
  }

  @Override
  public void saved(Path file, long step) {
    remote(file).replaceBy(file);
    copyRunFolder();
  }

  @Override
  public void savedBest(Path file, long step) {
    remote(file).replaceBy(file);
  }

  @Override
  public void ended(TrainingResult result) {
    copyRunFolder();
  }

  /** Copies the files in folders beside the checkpoint: records of the run. */
  private void copyRunFolder() {
    try (Stream<Path> all = Files.walk(folder.path())) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        boolean isRecord =
            !folder.path().equals(file.getParent()) && !file.toString().endsWith(LOCK);
        if (isRecord) {
          remote(file).replaceBy(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    folder.close();
  }
}

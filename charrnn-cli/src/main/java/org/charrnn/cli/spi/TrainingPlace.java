package org.charrnn.cli.spi;

import java.nio.file.Path;
import org.charrnn.text.CharRnn;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.training.TrainingListener;

/**
 * A place other than this machine where a training computes, for a command with all options of
 * {@code charrnn train}. Fields with the annotations of picocli are further options of the command.
 * Places are found by {@link java.util.ServiceLoader}.
 *
 * <p><b>Thread safety.</b> The command line calls a place on the thread that trains.
 */
public interface TrainingPlace {

  /** {@return the name of the command} */
  String command();

  /** {@return the description of the command} */
  String description();

  /**
   * Opens the place for one training. Options have been parsed.
   *
   * @return the place, to be closed
   * @throws org.charrnn.api.CharRnnException if it cannot be used
   */
  Opened open();

  /** A place that is in use. */
  interface Opened extends AutoCloseable {

    /**
     * The text to train on.
     *
     * @param lineEndings how line endings are read
     * @param path the path that the user gave
     * @return the text to train on
     */
    Corpus read(String path, Corpus.LineEndings lineEndings);

    /**
     * The entry point of charrnn-text for a training on that text.
     *
     * @param options the accelerator and its threads
     * @param corpus the text that {@link #read} returned
     * @return the entry point of charrnn-text for a training on that text
     */
    CharRnn charRnn(ComputeOptions options, Corpus corpus);

    /**
     * The file of this machine for the checkpoint. If the user gave a path of another file system,
     * {@link #listener} copies the file to it.
     *
     * @param path the path that the user gave
     * @return the file of this machine for the checkpoint
     */
    Path checkpoint(String path);

    /**
     * Receives the events of the training, after all other listeners.
     *
     * @return a listener
     */
    TrainingListener listener();

    /** Gives up the place. */
    @Override
    void close();
  }
}

package org.charrnn.cli;

import java.nio.file.Path;
import org.charrnn.cli.options.TextOptions;
import org.charrnn.cli.spi.ComputeOptions;
import org.charrnn.cli.spi.TrainingPlace;
import org.charrnn.text.CharRnn;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.training.TrainingListener;

/**
 * The place of {@code charrnn train}.
 *
 * @param text how files are read
 */
record ThisMachine(TextOptions text) implements TrainingPlace.Opened {

  @Override
  public Corpus read(String path, Corpus.LineEndings lineEndings) {
    return text.read(Path.of(path));
  }

  @Override
  public CharRnn charRnn(ComputeOptions options, Corpus corpus) {
    return options.charRnn();
  }

  @Override
  public Path checkpoint(String path) {
    return Path.of(path);
  }

  @Override
  public TrainingListener listener() {
    return TrainingListener.silent();
  }

  @Override
  public void close() {}
}

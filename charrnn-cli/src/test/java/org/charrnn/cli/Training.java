package org.charrnn.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.charrnn.cli.Shell.Outcome;
import org.charrnn.text.Checkpoint;
import org.charrnn.text.config.TrainingConfig;

/** A text, and where training on it writes to. */
record Training(Path text, Path model, Path metrics) {

  static Training in(Path directory) throws IOException {
    return new Training(
        Files.writeString(directory.resolve("text.txt"), Texts.CHOICES),
        directory.resolve("a.ckpt"),
        directory.resolve("a.jsonl"));
  }

  /** Trains with these options. */
  Outcome run(Object... options) {
    Object[] words = {"train", text, "--out", model};
    return Shell.run(Stream.concat(Stream.of(words), Stream.of(options)).toArray());
  }

  /** Trains a small model. */
  Outcome small(Object... more) {
    return run(Stream.concat(Stream.of(Texts.SMALL), Stream.of(more)).toArray());
  }

  /** Where the best model goes. */
  Path best() {
    return model.resolveSibling("a.best.ckpt");
  }

  TrainingConfig saved() {
    return Checkpoint.readModel(model).config();
  }
}

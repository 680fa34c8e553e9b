package org.charrnn.spark.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.charrnn.api.CharRnnException;
import org.charrnn.spark.files.HadoopFile;
import org.charrnn.text.CharRnn;
import org.charrnn.text.Checkpoint;
import org.charrnn.text.Trainer;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.training.TrainingListener;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint in another file system survives the folder in which it was written. */
class RemoteOutputTest {

  private static final Corpus TEXT = Corpus.of("the cat sat on the mat, ".repeat(100));

  @TempDir private Path folder;

  private final Configuration configuration = new Configuration();

  /** The files of this machine under another scheme. */
  public static final class OtherFileSystem extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("other:///");
    }

    @Override
    public String getScheme() {
      return "other";
    }
  }

  @BeforeEach
  void addFileSystem() {
    configuration.set("fs.other.impl", OtherFileSystem.class.getName());
  }

  private static TrainingConfig config() {
    return TrainingConfig.builder()
        .model(it -> it.hiddenSize(8))
        .windows(it -> it.seqLength(8).batchSize(2))
        .run(it -> it.epochs(3).validation(0.1))
        .sample(it -> it.length(0))
        .watch(it -> it.noPatience())
        .build();
  }

  @Test
  void trainingIsResumed_fromTheCopy() throws IOException {
    Path whole = folder.resolve("whole.ckpt");
    try (Trainer trainer = CharRnn.create().trainer(TEXT, config())) {
      trainer.run(whole, TrainingListener.silent());
    }
    String remote = "other:" + folder + "/remote/a.ckpt";
    Path first;
    try (RemoteOutput output = new RemoteOutput(remote, configuration);
        Trainer trainer = CharRnn.create().trainer(TEXT, config())) {
      first = output.file();
      Path record = first.resolveSibling("a.run").resolve("charts/loss.svg");
      Files.createDirectories(record.getParent());
      Files.writeString(record, "a record");
      trainer.run(first, output.andThen(TrainingListener.onEpoch(_ -> trainer.requestStop())));
    }
    assertFalse(Files.exists(first));
    try (RemoteOutput output = new RemoteOutput(remote, configuration);
        Trainer trainer = CharRnn.create().resume(output.file(), TEXT)) {
      assertEquals(1, trainer.epochsDone());
      assertEquals(
          "a record", Files.readString(output.file().resolveSibling("a.run/charts/loss.svg")));
      trainer.run(output.file(), output);
    }
    assertArrayEquals(
        Files.readAllBytes(whole), Files.readAllBytes(folder.resolve("remote/a.ckpt")));
    assertArrayEquals(
        Files.readAllBytes(Checkpoint.best(whole)),
        Files.readAllBytes(folder.resolve("remote/a.best.ckpt")));
  }

  @Test
  void fileThatCannotBeReplaced_isNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "a");
    HadoopFile inFile = new HadoopFile("other:" + file + "/b", configuration);
    CharRnnException e = assertThrows(CharRnnException.class, () -> inFile.replaceBy(file));
    assertTrue(String.valueOf(e.getMessage()).startsWith("other:" + file + "/b"));
  }
}

package org.charrnn.examples.essay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.charrnn.text.CharRnn;
import org.charrnn.text.Checkpoint;
import org.charrnn.text.Trainer;
import org.charrnn.text.checkpoint.OutputException;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.training.TrainingListener;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command never replaces a model that it was not asked to replace. */
class EssayCommandTest {

  @TempDir private Path folder;
  private Path corpus = Path.of("");
  private Path model = Path.of("");
  private Throwable failure = new AssertionError("nothing failed");

  @BeforeEach
  void writeCorpus() throws IOException {
    corpus =
        Files.writeString(
            folder.resolve("essays.txt"), "^选择远行的人，心里总有一条河。\n选择留下的人，心里总有一盏灯。\n".repeat(60));
    model = folder.resolve("model.ckpt");
  }

  private void trainAnotherModel(Path file) {
    trainAnotherModel(file, TrainingListener.silent());
  }

  private void trainAnotherModel(Path file, TrainingListener listener) {
    TrainingConfig small =
        TrainingConfig.builder()
            .model(it -> it.hiddenSize(4))
            .windows(it -> it.seqLength(8).batchSize(2))
            .run(it -> it.maxSteps(2))
            .build();
    try (Trainer trainer =
        CharRnn.create().withAccelerator("java").trainer(Corpus.read(corpus), small)) {
      trainer.run(file, listener);
    }
  }

  private int essay() {
    StringWriter output = new StringWriter();
    return new CommandLine(new EssayCommand())
        .setOut(new PrintWriter(output))
        .setErr(new PrintWriter(output))
        .setExecutionExceptionHandler((e, _, _) -> {
          failure = e;
          return 1;
        })
        .execute(
            "--corpus",
            corpus.toString(),
            "--out",
            model.toString(),
            "--epochs",
            "1",
            "--accelerator",
            "java");
  }

  @Test
  void existingModel_isNotReplaced() throws IOException {
    trainAnotherModel(model);
    byte[] last = Files.readAllBytes(model);
    byte[] best = Files.readAllBytes(Checkpoint.best(model));
    assertEquals(1, essay());
    assertInstanceOf(OutputException.class, failure);
    assertTrue(failure.getMessage().contains("it exists already"), failure::getMessage);
    assertArrayEquals(last, Files.readAllBytes(model));
    assertArrayEquals(best, Files.readAllBytes(Checkpoint.best(model)));
  }

  @Test
  void bestModelOfAnotherRun_isNotReplaced() throws IOException {
    trainAnotherModel(model);
    Files.delete(model);
    byte[] best = Files.readAllBytes(Checkpoint.best(model));
    assertEquals(1, essay());
    assertTrue(failure.getMessage().contains("best model of another run"), failure::getMessage);
    assertArrayEquals(best, Files.readAllBytes(Checkpoint.best(model)));
    assertTrue(Files.notExists(model));
  }

  @Test
  void modelThatAnotherRunWrites_isRefused() {
    trainAnotherModel(model, TrainingListener.onStep(_ -> assertEquals(1, essay())));
    assertTrue(failure.getMessage().contains("another run is writing it"), failure::getMessage);
  }
}

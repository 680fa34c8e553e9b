package org.example.charrnn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.charrnn.interchange.ImportOptions;
import org.charrnn.interchange.Interchange;
import org.charrnn.interchange.OnnxOptions;
import org.charrnn.interchange.Verification;
import org.charrnn.text.CharRnn;
import org.charrnn.text.Checkpoint;
import org.charrnn.text.Trainer;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.training.TrainingListener;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A cell that charrnn does not know is exported as ONNX: it is written from its formula. */
class ExportTest {

  private static final Corpus CORPUS = Corpus.of("one two three four, ".repeat(20));

  @TempDir private Path folder;

  @ParameterizedTest(name = "{0} layers, embedding {1}, tied {2}, scorer {3}")
  @CsvSource({
    "1, 6, true, false",
    "3, 6, true, false",
    "1, 5, true, false",
    "3, 5, true, false",
    "1, 5, false, false",
    "3, 5, false, false",
    "1, 0, false, false",
    "3, 0, false, false",
    "2, 5, false, true",
  })
  void simpleRnn_computesTheSameInOnnxRuntime(
      int layers, int embedding, boolean tied, boolean scorer) {
    CharRnn charRnn = CharRnn.create().withAccelerator("java");
    SavedModel model = trained(charRnn, layers, embedding, tied);
    Path file = folder.resolve("numbers.onnx");

    Verification verification =
        Interchange.exportOnnx(model, file, new OnnxOptions(true, scorer), charRnn.accelerator());

    Verification.Computed computed =
        assertInstanceOf(Verification.Computed.class, verification, verification::describe);
    assertTrue(computed.difference().magnitude() > 0.1, verification::describe);
    SavedModel again = Interchange.importModel(file, ImportOptions.NONE);
    assertEquals(model.tensors(), again.tensors());
    assertEquals(model.config(), again.config());
  }

  private SavedModel trained(CharRnn charRnn, int layers, int embedding, boolean tied) {
    TrainingConfig config =
        TrainingConfig.builder()
            .model(it ->
                it.cell("simple-rnn")
                    .hiddenSize(6)
                    .layers(layers)
                    .embeddingSize(embedding)
                    .tieWeights(tied)
                    .initialDeviation(0.3))
            .optimizer(it -> it.name("plain-sgd"))
            .windows(it -> it.seqLength(10).batchSize(4))
            .run(it -> it.epochs(1).validation(0))
            .build();
    Path checkpoint = folder.resolve("numbers.ckpt");
    try (Trainer trainer = charRnn.trainer(CORPUS, config)) {
      trainer.run(checkpoint, new TrainingListener() {});
    }
    return Checkpoint.readModel(checkpoint);
  }
}

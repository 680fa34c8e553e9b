package org.charrnn.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.charrnn.text.SeedGolden.Checksum;
import org.charrnn.text.checkpoint.HostTensor;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.config.Profile;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.encoding.CodePointTokenizer;
import org.charrnn.text.encoding.Encoder;
import org.charrnn.text.generation.GenerationRequest;
import org.charrnn.text.snapshot.Snapshot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The profile "seed" in single precision, through text, trainer and checkpoint, against the seed's
 * numbers.
 */
class SeedParityTest {

  private static final int STEPS = 25;

  @TempDir Path folder;

  private final SeedGolden golden = SeedGolden.read();
  private Trainer trainer;

  /** Begins with the documented initialization, which gets into the run by way of a checkpoint. */
  @BeforeEach
  void begin() {
    TrainingConfig config =
        Profile.SEED.config().toBuilder()
            .sample(it -> it.prompt(golden.sampleBegin()).length(golden.sampleIds().length))
            .build();
    Corpus corpus = Corpus.of(golden.text());
    Path file = folder.resolve("initial.ckpt");
    try (Trainer fresh = TestRuns.charRnn().trainer(corpus, config)) {
      Snapshot drawn = fresh.snapshot();
      Map<String, HostTensor> documented = new LinkedHashMap<>();
      drawn
          .model()
          .tensors()
          .forEach((name, tensor) -> documented.put(name, initial(name, tensor)));
      SavedModel model =
          new SavedModel(drawn.model().config(), drawn.model().vocabulary(), documented);
      new Snapshot(model, drawn.training()).write(file);
    }
    trainer = TestRuns.charRnn().resume(file, corpus);
  }

  @AfterEach
  void close() {
    trainer.close();
  }

  private HostTensor initial(String name, HostTensor tensor) {
    double[] values = golden.initial(name, tensor.values().length);
    float[] rounded = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = (float) values[i];
    }
    return new HostTensor(tensor.shape(), rounded);
  }

  @Test
  void vocabulary_andIds() {
    Vocabulary vocabulary = trainer.model().vocabulary();
    assertEquals(
        golden.vocabulary(), vocabulary.entries().stream().map(Vocabulary.Entry::symbol).toList());
    assertArrayEquals(
        golden.ids(), new Encoder(vocabulary, new CodePointTokenizer()).encode(golden.text()));
  }

  @Test
  void firstWindow_gradientNorms() {
    trainer.step();
    Map<String, HostTensor> states = trainer.snapshot().training().orElseThrow().tensors();
    golden
        .gradientNormsOfFirstWindow()
        .forEach((name, norm) -> {
          double squares = checksum(states.get(name + ".squares")).sum();
          assertEquals(1, Math.sqrt(squares) / norm, 1e-4, name);
        });
  }

  @Test
  void fortyWindows_lossesChecksumsAndSample() {
    double[] losses = golden.losses();
    for (int i = 0; i < losses.length; i++) {
      assertEquals(1, trainer.step().nats() * STEPS / losses[i], 1e-5, "window " + (i + 1));
    }
    Snapshot checkpoint = trainer.snapshot();
    assertChecksums(golden.parametersAfter40Windows(), checkpoint.model().tensors(), "");
    assertChecksums(
        golden.accumulatorsAfter40Windows(),
        checkpoint.training().orElseThrow().tensors(),
        ".squares");
    assertEquals(golden.sampleBegin() + golden.sampleText(), trainer.sample());
    GenerationRequest greedy =
        GenerationRequest.greedy(golden.sampleBegin(), golden.sampleIds().length);
    assertEquals(golden.sampleBegin() + golden.sampleText(), trainer.model().generate(greedy));
  }

  /** Sums in which terms cancel are compared in proportion to their terms. */
  private static void assertChecksums(
      Map<String, Checksum> expected, Map<String, HostTensor> actual, String suffix) {
    expected.forEach((name, sums) -> {
      Checksum found = checksum(actual.get(name + suffix));
      double floor = Math.sqrt(sums.sumOfSquares());
      double scale = Math.max(Math.abs(sums.sum()), floor);
      assertEquals(sums.sum(), found.sum(), 1e-4 * scale, name);
      assertEquals(1, found.sumOfSquares() / sums.sumOfSquares(), 1e-4, name);
    });
  }

  private static Checksum checksum(HostTensor tensor) {
    double[] values = new double[tensor.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = tensor.values()[i];
    }
    return Checksum.of(values);
  }
}

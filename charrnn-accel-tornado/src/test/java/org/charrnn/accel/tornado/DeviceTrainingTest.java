package org.charrnn.accel.tornado;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.charrnn.accel.tornado.lowering.Programs;
import org.charrnn.accel.tornado.runtime.TornadoSession;
import org.charrnn.api.Accelerator;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.Availability;
import org.charrnn.api.Session;
import org.charrnn.api.network.Network;
import org.charrnn.graph.program.Program;
import org.charrnn.text.CharRnn;
import org.charrnn.text.LanguageModel;
import org.charrnn.text.Trainer;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.generation.GenerationRequest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Training on the device gives the same losses as training in plain Java, for any cell. */
class DeviceTrainingTest {

  private static final Path ESSAYS =
      Path.of("../examples/essay/src/main/resources/org/charrnn/examples/essay/essays.txt");

  /** Relative to the loss. */
  private static final double TOLERANCE = 1e-5;

  @TempDir private Path folder;

  @BeforeAll
  static void needsAnSdk() {
    RealDevice.require();
  }

  /** Without the self-check, which compiles more kernels than a training. */
  private static CharRnn on(String accelerator) {
    return accelerator.equals("tornado")
        ? CharRnn.create().withAccelerator(new TornadoAccelerator(false))
        : CharRnn.create().withAccelerator(accelerator);
  }

  private static TrainingConfig.Builder small() {
    return TrainingConfig.builder()
        .model(it -> it.hiddenSize(20))
        .windows(it -> it.seqLength(7).batchSize(3))
        .run(it -> it.validation(0).seed(5));
  }

  private static Corpus essays(int characters) throws IOException {
    return Corpus.of(Files.readString(ESSAYS).substring(0, characters));
  }

  private static List<Double> losses(Trainer trainer, int steps) {
    List<Double> losses = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      losses.add(trainer.step().nats());
    }
    return losses;
  }

  private static void assertFollows(List<Double> java, List<Double> device) {
    for (int i = 0; i < java.size(); i++) {
      assertEquals(java.get(i), device.get(i), TOLERANCE * java.get(i), "step " + (i + 1));
    }
  }

  private static double follow(CharRnn tornado, TrainingConfig config, Corpus corpus, int steps) {
    try (Trainer java = on("java").trainer(corpus, config);
        Trainer device = tornado.trainer(corpus, config)) {
      List<Double> expected = losses(java, steps);
      List<Double> actual = losses(device, steps);
      assertFollows(expected, actual);
      double most = 0;
      for (int i = 0; i < steps; i++) {
        most = Math.max(most, Math.abs(expected.get(i) - actual.get(i)));
      }
      return most;
    }
  }

  /** The last cell is a plugin of the examples that depends only on charrnn-api. */
  @ParameterizedTest
  @CsvSource({
    "gru, 1, adagrad",
    "gru, 2, adagrad",
    "gru-reset-after, 1, adagrad",
    "gru-reset-after, 2, adam",
    "lstm, 1, adagrad",
    "lstm, 2, adam",
    "rnn, 1, rmsprop",
    "simple-rnn, 2, plain-sgd",
  })
  void step_followsJava(String cell, int layers, String optimizer) throws IOException {
    TrainingConfig config =
        small()
            .model(it -> it.cell(cell).layers(layers))
            .optimizer(it -> it.name(optimizer))
            .build();
    follow(on("tornado"), config, essays(600), 12);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "adagrad",
        "adagrad-epsilon-outside",
        "adam",
        "adamw",
        "rmsprop",
        "sgd",
        "plain-sgd"
      })
  void step_everyOptimizer_followsJava(String optimizer) throws IOException {
    follow(on("tornado"), small().optimizer(it -> it.name(optimizer)).build(), essays(600), 12);
  }

  /** The random numbers are the same. */
  @Test
  void step_withDropout_followsJava() throws IOException {
    follow(
        on("tornado"),
        small().model(it -> it.layers(2)).optimizer(it -> it.dropout(0.4)).build(),
        essays(600),
        12);
  }

  @Test
  void step_withGradientsOfSeveralWindows_followsJava() throws IOException {
    follow(
        on("tornado"),
        small().optimizer(it -> it.accumulate(3).dropout(0.2)).build(),
        essays(900),
        6);
  }

  @Test
  void step_withClippedElements_followsJava() throws IOException {
    follow(on("tornado"), small().optimizer(it -> it.clipValue(0.01)).build(), essays(600), 12);
  }

  /** The state is reset in the middle of windows. */
  @Test
  void step_withResetsAtDocuments_followsJava() throws IOException {
    Corpus documents = Corpus.of(essays(600).text().replaceAll("(?s).{11}", "^$0"));
    for (String cell : new String[] {"gru", "lstm"}) {
      TrainingConfig config =
          small()
              .model(it -> it.cell(cell).layers(2))
              .documents(it -> it.documentBegin("^").resetAtDocuments(true))
              .build();
      follow(on("tornado"), config, documents, 12);
    }
  }

  /** On any device, with both sizes of tiles. */
  @Test
  void step_withTheKernelsForGpus_followsJava() throws IOException {
    TrainingConfig config =
        small()
            .model(it -> it.hiddenSize(40).layers(2))
            .windows(it -> it.seqLength(20).batchSize(32))
            .build();
    CharRnn gpu = CharRnn.create().withAccelerator(new KernelsForGpus());
    follow(gpu, config, essays(8000), 4);
  }

  /**
   * On any device; large tiles compute the logits and the gradients of the weights of the output
   * and of the three recurrent ones.
   */
  @Test
  void step_ofALargeVocabulary_withTheKernelsForGpus_agreesWithJava() {
    Network network = Programs.gru(2050, 512);
    Program program = Programs.training(network, 4, 32);
    List<String> kernels = Programs.kernels(program, true);
    assertEquals(5, Collections.frequency(kernels, "product in large tiles"), kernels::toString);
    assertEquals(1, Collections.frequency(kernels, "product in tiles"), kernels::toString);
    assertEquals(2, Collections.frequency(kernels, "loop"), kernels::toString);
    OneStep.assertAgreesWithJava(program, 2050, new KernelsForGpus());
  }

  @Test
  void step_twoHundredTimes_followsJava() throws IOException {
    TrainingConfig config =
        small().model(it -> it.hiddenSize(64)).windows(it -> it.seqLength(20).batchSize(8)).build();
    double most = follow(on("tornado"), config, essays(20_000), 200);
    System.out.println("200 steps: losses differ from those of plain Java by at most " + most);
  }

  @Test
  void checkpoint_resumesInJavaAndBack() throws IOException {
    Corpus corpus = essays(600);
    Path file = folder.resolve("model.ckpt");
    List<Double> expected;
    try (Trainer java = on("java").trainer(corpus, small().model(it -> it.layers(2)).build())) {
      expected = losses(java, 18);
    }
    List<Double> actual = new ArrayList<>();
    try (Trainer trainer =
        on("tornado").trainer(corpus, small().model(it -> it.layers(2)).build())) {
      actual.addAll(losses(trainer, 6));
      trainer.save(file);
    }
    for (String accelerator : List.of("java", "tornado")) {
      try (Trainer trainer = on(accelerator).resume(file, corpus)) {
        actual.addAll(losses(trainer, 6));
        trainer.save(file);
      }
    }
    assertFollows(expected, actual);
  }

  @Test
  void generate_writesWhatJavaWrites() throws IOException {
    Corpus corpus = essays(600);
    Path file = folder.resolve("model.ckpt");
    try (Trainer trainer = on("tornado").trainer(corpus, small().build())) {
      losses(trainer, 60);
      trainer.save(file);
    }
    GenerationRequest request = GenerationRequest.greedy(corpus.text().substring(0, 3), 40);
    try (LanguageModel java = on("java").load(file);
        LanguageModel device = on("tornado").load(file)) {
      assertEquals(java.generate(request), device.generate(request));
    }
  }

  /** The first device, used as if it were a GPU. */
  private static final class KernelsForGpus implements Accelerator {

    @Override
    public String name() {
      return "tornado-with-kernels-for-gpus";
    }

    @Override
    public int priority() {
      return 0;
    }

    @Override
    public Availability availability() {
      return new TornadoAccelerator().availability();
    }

    @Override
    public Session open(AcceleratorOptions options) {
      DeviceInfo first = RealDevice.devices().getFirst();
      return new TornadoSession(
          new DeviceInfo(
              first.backend(),
              first.index(),
              first.name(),
              first.memoryBytes(),
              first.allocationBytes(),
              first.groupSize(),
              true,
              first.device()));
    }
  }
}

package org.charrnn.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.text.checkpoint.HostTensor;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.ReadingDirection;
import org.charrnn.text.config.RoundConfig;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.evaluation.ModelDivergedException;
import org.charrnn.text.rounds.OuterStep;
import org.charrnn.text.rounds.PartText;
import org.charrnn.text.rounds.Round;
import org.charrnn.text.rounds.RoundResult;
import org.charrnn.text.rounds.RoundRunner;
import org.charrnn.text.rounds.RoundRunners;
import org.charrnn.text.rounds.TextParts;
import org.charrnn.text.rounds.WorkerResult;
import org.charrnn.text.rounds.WorkerSetup;
import org.charrnn.text.rounds.WorkerStates;
import org.charrnn.text.snapshot.Snapshot;
import org.charrnn.text.steps.RoundWorker;
import org.charrnn.text.training.StepReport;
import org.charrnn.text.training.TrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training by several workers. */
class RoundsTest {

  private static final Corpus CORPUS = Corpus.of(TestRuns.CORPUS.text().repeat(6));

  @TempDir Path folder;

  private static TrainingConfig.Builder base() {
    return TestRuns.config().toBuilder()
        .windows(it -> it.batchSize(2))
        .optimizer(it -> it.name("adam").learningRate(0.01).dropout(0.3).clipNorm(0.5))
        .run(it -> it.epochs(2));
  }

  private static TrainingConfig workers(int workers, int every) {
    return base().rounds(it -> it.workers(workers).outerEvery(every)).build();
  }

  private static CharRnn threads(int threads) {
    return TestRuns.charRnn().withOptions(AcceleratorOptions.defaults().withThreads(threads));
  }

  private byte[] trained(CharRnn charRnn, Corpus corpus, TrainingConfig config) throws IOException {
    Path file = folder.resolve("run.ckpt");
    Files.deleteIfExists(file);
    Files.deleteIfExists(Checkpoint.best(file));
    try (Trainer trainer = charRnn.trainer(corpus, config)) {
      trainer.run(file, TrainingListener.silent());
    }
    return Files.readAllBytes(file);
  }

  private static Snapshot stepped(CharRnn charRnn, TrainingConfig config, int updates) {
    try (Trainer trainer = charRnn.trainer(CORPUS, config)) {
      for (int i = 0; i < updates; i++) {
        trainer.step();
      }
      return trainer.snapshot();
    }
  }

  private static void assertSameTensors(
      Map<String, HostTensor> expected, Map<String, HostTensor> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach(
        (name, tensor) -> assertArrayEquals(tensor.values(), actual.get(name).values(), name));
  }

  // ---- where workers run

  @Test
  void fourWorkers_oneTwoAndFourThreads_sameBytes() throws IOException {
    TrainingConfig config = workers(4, 3);
    byte[] one = trained(threads(1), CORPUS, config);
    assertArrayEquals(one, trained(threads(2), CORPUS, config));
    assertArrayEquals(one, trained(threads(4), CORPUS, config));
  }

  /** Everything is copied as if it were sent, and the workers run in the reverse order. */
  private static final class Elsewhere implements RoundRunner {

    private final byte[] setup;
    private final TextParts parts;
    private final PartText text;

    Elsewhere(WorkerSetup setup, TextParts parts, PartText text) {
      this.setup = setup.toBytes();
      this.parts = sent(parts);
      this.text = text;
    }

    @Override
    public RoundResult run(Round round, WorkerStates states) {
      List<byte[]> before = states.read();
      List<WorkerResult> results = new ArrayList<>();
      for (int worker = round.workers() - 1; worker >= 0; worker--) {
        int[] part = ids(text, parts.part(worker));
        try (RoundWorker running = TestRuns.charRnn().worker(WorkerSetup.of(setup))) {
          Optional<byte[]> state =
              before.isEmpty() ? Optional.empty() : Optional.of(before.get(worker));
          results.add(sent(running.run(sent(round), worker, PartText.of(part), state)));
        }
      }
      results.sort(Comparator.comparingInt(WorkerResult::worker));
      return new RoundResult(
          OuterStep.sum(results.stream().map(WorkerResult::values).toList()),
          results.stream().map(WorkerResult::report).toList(),
          WorkerStates.of(results.stream().map(WorkerResult::state).toList()));
    }
  }

  private static int[] ids(PartText text, TextParts.Range range) {
    int[] ids = new int[(int) range.length()];
    text.slice(range).reader(1).read(0, ids, 0, ids.length);
    return ids;
  }

  @SuppressWarnings("unchecked")
  private static <T> T sent(T object) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
      out.flush();
      ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()));
      return (T) in.readObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void workersElsewhere_sameBytes() throws IOException {
    TrainingConfig config = workers(3, 4);
    assertArrayEquals(
        trained(threads(2), CORPUS, config),
        trained(TestRuns.charRnn().withWorkers(Elsewhere::new), CORPUS, config));
  }

  @Test
  void backwardModelWithDocuments_workersElsewhere_sameBytes() throws IOException {
    TrainingConfig config =
        base()
            .model(it -> it.direction(ReadingDirection.BACKWARD))
            .documents(it -> it.documentBegin("^").resetAtDocuments(true))
            .rounds(it -> it.workers(2).outerEvery(5))
            .build();
    assertArrayEquals(
        trained(threads(2), CORPUS, config),
        trained(TestRuns.charRnn().withWorkers(Elsewhere::new), CORPUS, config));
  }

  @Test
  void textInFile_sameBytesAsInMemory() throws IOException {
    Path file = Files.writeString(folder.resolve("text.txt"), CORPUS.text());
    TrainingConfig config = workers(4, 3);
    assertArrayEquals(
        trained(threads(4), CORPUS, config),
        trained(threads(4), new Corpus.InFile(file, Corpus.LineEndings.FOLD), config));
  }

  // ---- what workers compute

  @Test
  void oneWorkerOfOneStep_outerStepOfRateOne_isPlainTraining() {
    Snapshot plain = stepped(threads(1), base().build(), 20);
    TrainingConfig config =
        base().rounds(it -> it.outerEvery(1).outerLearningRate(1).outerMomentum(0)).build();
    Snapshot rounds = stepped(threads(1), config, 20);
    plain
        .model()
        .tensors()
        .forEach((name, tensor) ->
            // The change of a weight is rounded to 32 bits.
            assertArrayEquals(
                tensor.values(), rounds.model().tensors().get(name).values(), 2e-6f, name));
    assertEquals(
        plain.training().orElseThrow().progress().step(),
        rounds.training().orElseThrow().progress().step());
  }

  @Test
  void otherWorkers_otherModel() {
    assertTrue(
        !stepped(threads(1), workers(2, 4), 3)
            .model()
            .tensors()
            .equals(stepped(threads(1), workers(1, 4), 3).model().tensors()));
  }

  @Test
  void outerStep_movesByTheMeanChangeOfTheWorkers() {
    List<RoundResult> results = new ArrayList<>();
    List<float[]> starts = new ArrayList<>();
    RoundRunners recording =
        (setup, parts, text) -> {
          Elsewhere runner = new Elsewhere(setup, parts, text);
          return (round, states) -> {
            starts.add(round.weights().clone());
            RoundResult result = runner.run(round, states);
            results.add(result);
            return result;
          };
        };
    TrainingConfig config =
        base()
            .rounds(it -> it.workers(2).outerEvery(3).outerLearningRate(0.7).outerMomentum(0.9))
            .build();
    stepped(TestRuns.charRnn().withWorkers(recording), config, 3);
    double momentum = 0;
    int index = 17;
    for (int round = 0; round < 2; round++) {
      double change = results.get(round).sum()[index] / 2.0;
      momentum = 0.9 * momentum + change;
      double expected = starts.get(round)[index] - 0.7 * (change + 0.9 * momentum);
      assertEquals(expected, starts.get(round + 1)[index], 1e-6);
    }
  }

  @Test
  void report_countsAllWorkers() {
    try (Trainer trainer = threads(2).trainer(CORPUS, workers(3, 4))) {
      StepReport report = trainer.step();
      assertEquals(4, report.step());
      assertEquals(4, report.window());
      assertEquals(4L * 3 * 4 * 2, report.characters());
      assertTrue(report.nats() > 0 && report.gradientNorm().orElseThrow() > 0);
    }
  }

  // ---- mode gradient

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void gradientsOfWorkers_sameBitsAsAccumulation(int workers) {
    TrainingConfig.Builder independent = base().windows(it -> it.carryState(false));
    TrainingConfig accumulated = independent.optimizer(it -> it.accumulate(workers)).build();
    TrainingConfig gradient =
        independent
            .optimizer(it -> it.accumulate(1))
            .rounds(it -> it.workers(workers).roundMode(RoundConfig.Mode.GRADIENT))
            .build();
    Snapshot expected = stepped(threads(1), accumulated, 20);
    for (CharRnn charRnn :
        List.of(threads(1), threads(4), TestRuns.charRnn().withWorkers(Elsewhere::new))) {
      Snapshot actual = stepped(charRnn, gradient, 20);
      assertSameTensors(expected.model().tensors(), actual.model().tensors());
      assertSameTensors(
          expected.training().orElseThrow().tensors(), actual.training().orElseThrow().tensors());
      assertEquals(
          expected.training().orElseThrow().progress(), actual.training().orElseThrow().progress());
    }
  }

  // ---- the end of a run

  @Test
  void limitOfSteps_inTheMiddleOfARound_endsAfterIt_andResumesToTheSameBytes() throws IOException {
    TrainingConfig config = workers(2, 4);
    byte[] whole = trained(threads(2), CORPUS, config);
    Path file = folder.resolve("limited.ckpt");
    TrainingConfig limited = config.toBuilder().run(it -> it.maxSteps(6)).build();
    try (Trainer trainer = threads(2).trainer(CORPUS, limited)) {
      assertEquals(8, trainer.plan().totalSteps());
      assertEquals(8, trainer.run(file, TrainingListener.silent()).step());
    }
    try (Trainer trainer = threads(1).resume(file, CORPUS, it -> it.run(run -> run.noMaxSteps()))) {
      trainer.run(file, TrainingListener.silent());
    }
    assertArrayEquals(whole, Files.readAllBytes(file));
  }

  @Test
  void interrupt_endsAfterTheRound_withACheckpoint() {
    Path file = folder.resolve("interrupted.ckpt");
    TrainingListener interrupting =
        TrainingListener.onStep(_ -> Thread.currentThread().interrupt());
    try (Trainer trainer = threads(2).trainer(CORPUS, workers(2, 4))) {
      trainer.run(file, interrupting);
      assertTrue(Thread.interrupted());
      assertEquals(4, trainer.progress().step());
    }
    assertEquals(4, Snapshot.readResumable(file).training().orElseThrow().progress().step());
  }

  @Test
  void divergedWorker_endsTheRunWithItsReason() {
    TrainingConfig config =
        base()
            .optimizer(it -> it.name("sgd").learningRate(3e38).noClipNorm())
            .rounds(it -> it.workers(2).outerEvery(4))
            .build();
    try (Trainer trainer = threads(2).trainer(CORPUS, config)) {
      ModelDivergedException failure = assertThrows(ModelDivergedException.class, trainer::step);
      assertTrue(failure.getMessage().contains("learningRate"), failure.getMessage());
    }
  }

  // ---- bad arguments

  private static void assertRefused(String message, TrainingConfig.Builder builder) {
    InvalidOptionException failure = assertThrows(InvalidOptionException.class, builder::build);
    assertTrue(String.valueOf(failure.getMessage()).startsWith(message), failure.getMessage());
  }

  @Test
  void impossibleOptions_areRefusedByName() {
    assertRefused("workers must be at least 1", base().rounds(it -> it.workers(0)));
    assertRefused(
        "workers must be 1 unless outerEvery gives the steps of a round",
        base().rounds(it -> it.workers(2)));
    assertRefused("outerEvery must be at least 0", base().rounds(it -> it.outerEvery(-1)));
    assertRefused(
        "outerLearningRate must be", base().rounds(it -> it.outerEvery(2).outerLearningRate(0)));
    assertRefused(
        "outerMomentum must be in [0.0, 1.0)",
        base().rounds(it -> it.outerEvery(2).outerMomentum(1)));
    assertRefused(
        "outerEvery must be 0 with roundMode gradient",
        base().rounds(it -> it.outerEvery(2).roundMode(RoundConfig.Mode.GRADIENT)));
    assertRefused(
        "carryState must be false with roundMode gradient",
        base().rounds(it -> it.workers(2).roundMode(RoundConfig.Mode.GRADIENT)));
    assertRefused(
        "accumulate must be 1 with roundMode gradient",
        base()
            .windows(it -> it.carryState(false))
            .optimizer(it -> it.accumulate(3))
            .rounds(it -> it.workers(2).roundMode(RoundConfig.Mode.GRADIENT)));
  }

  @Test
  void moreWorkersThanTheTextHasWindowsFor_areRefused() {
    InvalidOptionException failure =
        assertThrows(
            InvalidOptionException.class, () -> threads(1).trainer(CORPUS, workers(90, 2)));
    assertTrue(
        String.valueOf(failure.getMessage()).contains("divided among 90 workers"),
        failure.getMessage());
  }

  @Test
  void resumedWithOtherWorkers_isRefused() {
    Path file = folder.resolve("run.ckpt");
    try (Trainer trainer = threads(1).trainer(CORPUS, workers(2, 4))) {
      trainer.step();
      trainer.save(file);
    }
    InvalidOptionException failure =
        assertThrows(
            InvalidOptionException.class,
            () -> threads(1).resume(file, CORPUS, it -> it.rounds(r -> r.workers(3))));
    assertTrue(
        String.valueOf(failure.getMessage()).startsWith("workers must be 2"), failure.getMessage());
  }

  @Test
  void worker_stateOfAnotherWorkerStepOrTraining_orTextOfAnotherLength_isRefused() {
    List<Round> rounds = new ArrayList<>();
    List<WorkerStates> before = new ArrayList<>();
    List<WorkerSetup> setups = new ArrayList<>();
    List<int[]> texts = new ArrayList<>();
    RoundRunners recording =
        (setup, parts, text) -> {
          setups.add(setup);
          texts.add(ids(text, parts.part(0)));
          Elsewhere runner = new Elsewhere(setup, parts, text);
          return (round, states) -> {
            rounds.add(round);
            before.add(states);
            return runner.run(round, states);
          };
        };
    stepped(TestRuns.charRnn().withWorkers(recording), workers(2, 3), 2);
    List<byte[]> states = before.get(1).read();
    PartText text = PartText.of(texts.getFirst());
    try (RoundWorker worker = TestRuns.charRnn().worker(setups.getFirst())) {
      assertArrayEquals(
          worker.run(rounds.get(1), 0, text, Optional.of(states.getFirst())).values(),
          worker.run(rounds.get(1), 0, text, Optional.of(states.getFirst())).values());
      assertRefused("is of worker 1 after step 3", worker, rounds.get(1), text, states.get(1));
      assertRefused("expected worker 0 after step 0", worker, rounds.get(0), text, states.get(0));
      assertRefused("are not the state", worker, rounds.get(1), text, new byte[100]);
      PartText shorter = PartText.of(Arrays.copyOf(texts.getFirst(), texts.getFirst().length / 2));
      assertRefused("windows, expected", worker, rounds.get(1), shorter, states.getFirst());
    }
  }

  private static void assertRefused(
      String message, RoundWorker worker, Round round, PartText text, byte[] state) {
    IllegalArgumentException failure =
        assertThrows(
            IllegalArgumentException.class, () -> worker.run(round, 0, text, Optional.of(state)));
    assertTrue(String.valueOf(failure.getMessage()).contains(message), failure.getMessage());
  }
}

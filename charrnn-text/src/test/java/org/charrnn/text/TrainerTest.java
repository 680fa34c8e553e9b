package org.charrnn.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.charrnn.text.checkpoint.OutputException;
import org.charrnn.text.config.DocumentConfig;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.Schedule;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.corpus.TextTooShortException;
import org.charrnn.text.corpus.UnknownSymbolException;
import org.charrnn.text.evaluation.ModelDivergedException;
import org.charrnn.text.snapshot.Snapshot;
import org.charrnn.text.training.EpochReport;
import org.charrnn.text.training.StepReport;
import org.charrnn.text.training.TrainingListener;
import org.charrnn.text.training.TrainingResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.InOrder;

class TrainerTest {

  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("model.ckpt");
  }

  /** Keeps the reports of a run. */
  private static final class Reports implements TrainingListener {
    final List<StepReport> steps = new ArrayList<>();
    final List<EpochReport> epochs = new ArrayList<>();
    final List<String> samples = new ArrayList<>();

    @Override
    public void step(StepReport report) {
      steps.add(report);
    }

    @Override
    public void epoch(EpochReport report) {
      epochs.add(report);
    }

    @Override
    public void sample(String text, long step) {
      samples.add(text);
    }
  }

  private Reports run(TrainingConfig config) {
    Reports reports = new Reports();
    run(config, reports);
    return reports;
  }

  private void run(TrainingConfig config, TrainingListener listener) {
    try (Trainer trainer = TestRuns.charRnn().trainer(TestRuns.CORPUS, config)) {
      trainer.run(file, listener);
    }
  }

  @Test
  void run_eventsInOrder() {
    // 118 symbols, 23 held out, 31 in each stream: 7 windows of 4.
    TrainingListener listener = mock();
    run(TestRuns.config().toBuilder().run(it -> it.saveEvery(2)).build(), listener);
    InOrder events = inOrder(listener);
    events.verify(listener).attached(any());
    events.verify(listener).started(argThat(it -> it.startStep() == 0 && it.totalSteps() == 21));
    verifyEpoch(events, listener, 1);
    verifyEpoch(events, listener, 2);
    verifySaved(events, listener, 14);
    verifyEpoch(events, listener, 3);
    verifySaved(events, listener, 21);
    events.verify(listener).ended(any());
    events.verifyNoMoreInteractions();
    verify(listener, times(2)).saved(any(), anyLong());
    verify(listener, never()).warned(any());
  }

  private static void verifyEpoch(InOrder events, TrainingListener listener, int epoch) {
    events.verify(listener, times(7)).step(argThat(it -> it.epoch() == epoch));
    events.verify(listener).validated(any());
    events.verify(listener).epoch(argThat(it -> it.epoch() == epoch));
  }

  private void verifySaved(InOrder events, TrainingListener listener, long step) {
    events.verify(listener).sample(any(), eq(step));
    events.verify(listener).saving(step);
    events.verify(listener).saved(file, step);
  }

  @Test
  void run_lastStep() {
    List<StepReport> steps = run(TestRuns.config()).steps;
    StepReport last = steps.getLast();
    assertEquals(21, steps.size());
    assertEquals(21, last.step());
    assertEquals(3, last.epoch());
    assertEquals(7, last.window());
    assertEquals(21 * 12, last.characters());
    assertTrue(last.gradientNorm().orElseThrow() > 0);
    assertTrue(last.charactersPerSecond() > 0);
  }

  @Test
  void run_lossFalls() {
    Reports reports = run(TestRuns.config().toBuilder().run(it -> it.epochs(6)).build());
    assertEquals(Math.log(uniqueSymbols()), reports.steps.getFirst().nats(), 0.1);
    EpochReport first = reports.epochs.getFirst();
    EpochReport last = reports.epochs.getLast();
    assertTrue(last.training().nats() < first.training().nats());
    assertEquals(7 * 12, first.training().characters());
    assertEquals(22, first.validation().orElseThrow().characters());
  }

  private static long uniqueSymbols() {
    return TestRuns.CORPUS.text().codePoints().distinct().count();
  }

  @Test
  void run_epochLossIsTheMeanOfItsSteps() {
    Reports reports = run(TestRuns.config().toBuilder().run(it -> it.epochs(1)).build());
    double mean = reports.steps.stream().mapToDouble(StepReport::nats).average().orElseThrow();
    assertEquals(mean, reports.epochs.getFirst().training().nats(), 1e-12);
  }

  @Test
  void run_maxStepsEndsInTheMiddleAndSaves() {
    TrainingListener listener = mock();
    run(TestRuns.config().toBuilder().run(it -> it.maxSteps(9)).build(), listener);
    InOrder events = inOrder(listener);
    events.verify(listener).started(argThat(it -> it.totalSteps() == 9));
    verifyEpoch(events, listener, 1);
    verifySaved(events, listener, 7);
    events.verify(listener, times(2)).step(argThat(it -> it.epoch() == 2));
    verifySaved(events, listener, 9);
    events.verify(listener).ended(any());
    assertEquals(9, Snapshot.read(file).training().orElseThrow().progress().step());
  }

  /** Unlike a limit of steps, their number ends the schedule and says how many epochs there are. */
  @Test
  void run_stepsEndTheScheduleToo() {
    TrainingConfig config =
        TestRuns.config().toBuilder()
            .run(it -> it.epochs(50).steps(31))
            .optimizer(it -> it.schedule(new Schedule.Cosine(2, 0)))
            .build();
    List<StepReport> steps = new ArrayList<>();
    try (Trainer trainer = TestRuns.charRnn().trainer(TestRuns.CORPUS, config)) {
      assertEquals(
          TrainingResult.StopReason.COMPLETE,
          trainer.run(TrainingListener.onStep(steps::add)).reason());
      int stepsPerEpoch = trainer.plan().windowsPerEpoch();
      assertEquals(Math.ceilDiv(31, stepsPerEpoch), trainer.plan().config().run().epochs());
      assertTrue(trainer.isFinished());
    }
    assertEquals(31, steps.size());
    assertEquals(0.05, steps.getFirst().learningRate());
    assertTrue(steps.getLast().learningRate() < 0.001);
  }

  @Test
  void run_requestStopEndsAfterTheStepAndSaves() {
    try (Trainer trainer = TestRuns.charRnn().trainer(TestRuns.CORPUS, TestRuns.config())) {
      trainer.run(
          file,
          new TrainingListener() {
            @Override
            public void step(StepReport report) {
              if (report.step() == 5) {
                trainer.requestStop();
              }
            }
          });
      assertFalse(trainer.isFinished());
    }
    assertEquals(5, Snapshot.read(file).training().orElseThrow().progress().step());
  }

  @Test
  void run_sampleBeginsAsTheConfigurationSays() {
    Reports reports =
        run(
            TestRuns.config().toBuilder()
                .sample(it -> it.prompt("山前"))
                .run(it -> it.maxSteps(1))
                .build());
    String sample = reports.samples.getFirst();
    assertTrue(sample.startsWith("山前"), sample);
    assertEquals(2 + 12, sample.codePointCount(0, sample.length()));
  }

  @Test
  void run_withoutBeginTheFirstSymbolOfTheTextIsTaken() {
    Reports reports = run(TestRuns.config().toBuilder().run(it -> it.maxSteps(1)).build());
    assertTrue(reports.samples.getFirst().startsWith("^"));
    assertEquals("^", Checkpoint.readModel(file).config().sample().prompt().orElseThrow());
  }

  @Test
  void measuringAndWriting_doNotChangeTheCourse() {
    TrainingConfig quiet = TestRuns.config().toBuilder().run(it -> it.maxSteps(5)).build();
    try (Trainer disturbed = TestRuns.charRnn().trainer(TestRuns.CORPUS, quiet);
        Trainer left = TestRuns.charRnn().trainer(TestRuns.CORPUS, quiet)) {
      for (int i = 0; i < 5; i++) {
        StepReport expected = left.step();
        assertEquals(expected.nats(), disturbed.step().nats());
        disturbed.validate().orElseThrow();
        disturbed.sample();
        disturbed.snapshot();
      }
      assertEquals(left.snapshot(), disturbed.snapshot());
    }
  }

  @Test
  void dropout_leavesOutWhileLearningOnly() {
    TrainingConfig config = TestRuns.config();
    TrainingConfig dropping = config.toBuilder().optimizer(it -> it.dropout(0.5)).build();
    try (Trainer plain = TestRuns.charRnn().trainer(TestRuns.CORPUS, config);
        Trainer trainer = TestRuns.charRnn().trainer(TestRuns.CORPUS, dropping)) {
      assertEquals(plain.validate(), trainer.validate());
      assertEquals(plain.sample(), trainer.sample());
      assertNotEquals(plain.step().nats(), trainer.step().nats());
      assertNotEquals(plain.validate(), trainer.validate());
    }
  }

  @Test
  void accumulate_aStepTakesSeveralWindows_theLastOneWhatIsLeft() {
    TrainingConfig config =
        TestRuns.config().toBuilder()
            .optimizer(it -> it.accumulate(3))
            .run(it -> it.epochs(2))
            .build();
    Reports reports = run(config); // 7 windows in a pass
    assertEquals(6, reports.steps.size());
    assertEquals(
        List.of(3, 6, 7, 3, 6, 7), reports.steps.stream().map(StepReport::window).toList());
    assertEquals(
        List.of(36L, 72L, 84L, 120L, 156L, 168L),
        reports.steps.stream().map(StepReport::characters).toList());
    assertEquals(List.of(1, 2), reports.epochs.stream().map(EpochReport::epoch).toList());
    double mean =
        (3 * reports.steps.get(0).nats()
                + 3 * reports.steps.get(1).nats()
                + reports.steps.get(2).nats())
            / 7;
    assertEquals(mean, reports.epochs.getFirst().training().nats(), 1e-12);
  }

  /** The best model is measured, once, and the last one is what it was. */
  @Test
  void test_isTheLossOfTheBestModelOnTheVeryEnd() {
    TrainingConfig config =
        TestRuns.config().toBuilder()
            .run(it -> it.test(0.2))
            .optimizer(it -> it.learningRate(0.7))
            .run(it -> it.epochs(8))
            .build();
    TrainingResult end;
    try (Trainer trainer = TestRuns.charRnn().trainer(TestRuns.CORPUS, config)) {
      assertEquals(118 / 5, trainer.plan().testCharacters());
      assertEquals((118 - 118 / 5) / 5, trainer.plan().heldOutCharacters());
      end = trainer.run(file, TrainingListener.silent());
      assertEquals(Snapshot.read(file).model().tensors(), trainer.snapshot().model().tensors());
    }
    int[] symbols = TestRuns.CORPUS.text().codePoints().toArray();
    Corpus veryEnd = Corpus.of(new String(symbols, symbols.length - 118 / 5, 118 / 5));
    assertTrue(end.best().orElseThrow().step() < end.step(), end::toString);
    try (LanguageModel best = TestRuns.charRnn().load(Checkpoint.best(file));
        LanguageModel last = TestRuns.charRnn().load(file)) {
      assertEquals(best.evaluate(veryEnd), end.test().orElseThrow());
      assertNotEquals(last.evaluate(veryEnd), end.test().orElseThrow());
    }
  }

  @Test
  void model_isTheOneBeingTrained() {
    try (Trainer trainer = TestRuns.charRnn().trainer(TestRuns.CORPUS, TestRuns.config())) {
      double before = trainer.model().evaluate(TestRuns.CORPUS).nats();
      for (int i = 0; i < 10; i++) {
        trainer.step();
      }
      trainer.model().close(); // changes nothing: the memory is the trainer's
      assertTrue(trainer.model().evaluate(TestRuns.CORPUS).nats() < before);
    }
  }

  @Test
  void initialDeviation_isThatOfTheWeightsAndBiasesAreZero() {
    TrainingConfig config =
        TestRuns.config().toBuilder()
            .model(it -> it.hiddenSize(60).layers(1).initialDeviation(0.25))
            .build();
    try (Trainer trainer = TestRuns.charRnn().trainer(TestRuns.CORPUS, config)) {
      trainer
          .snapshot()
          .model()
          .tensors()
          .forEach((name, tensor) -> {
            double squares = 0;
            for (float value : tensor.values()) {
              squares += value * value;
            }
            double deviation = Math.sqrt(squares / tensor.values().length);
            assertEquals(tensor.shape().rank() == 1 ? 0 : 0.25, deviation, 0.02, name);
          });
    }
  }

  // ---- what goes wrong

  @Test
  void loss_thatIsNotFiniteStopsTrainingAndTheLastCheckpointStays() throws IOException {
    TrainingConfig wild =
        TestRuns.config().toBuilder()
            .optimizer(it -> it.learningRate(3e38).noClipNorm())
            .run(it -> it.epochs(50))
            .build();
    try (Trainer trainer = TestRuns.charRnn().trainer(TestRuns.CORPUS, wild)) {
      trainer.save(file);
      byte[] before = Files.readAllBytes(file);
      TrainingListener silent = TrainingListener.silent();
      var e = assertThrows(ModelDivergedException.class, () -> trainer.run(file, silent));
      assertTrue(
          e.getMessage().matches("After step \\d+ \\(epoch 1\\) the loss is .*"), e.getMessage());
      assertTrue(e.getMessage().contains("Lower learningRate (it is 3.0E38)"), e.getMessage());
      assertTrue(e.getMessage().contains("clipNorm (they are not clipped)"), e.getMessage());
      assertArrayEquals(before, Files.readAllBytes(file));
    }
  }

  @Test
  void modelWhoseLossIsNotFinite_isNotSaved() {
    TrainingConfig wild =
        TestRuns.config().toBuilder().optimizer(it -> it.learningRate(3e38).noClipNorm()).build();
    try (Trainer trainer = TestRuns.charRnn().trainer(TestRuns.CORPUS, wild)) {
      trainer.step(); // the parameters are large, but finite
      assertThrows(ModelDivergedException.class, () -> trainer.save(file));
    }
    assertFalse(Files.exists(file));
  }

  @Test
  void run_outputThatCannotBeWrittenIsSaidBeforeTraining() {
    Path place = folder.resolve("no/model.ckpt");
    try (Trainer trainer = TestRuns.charRnn().trainer(TestRuns.CORPUS, TestRuns.config())) {
      TrainingListener silent = TrainingListener.silent();
      assertThrows(OutputException.class, () -> trainer.run(place, silent));
      assertEquals(0, trainer.progress().step());
    }
  }

  private static void assertTooShort(int length, int needed, TrainingConfig config) {
    Corpus shorter = Corpus.of("short.txt", "ab".repeat(length).substring(0, length));
    var e =
        assertThrows(
            TextTooShortException.class, () -> TestRuns.charRnn().trainer(shorter, config).close());
    assertEquals(length, e.length());
    assertEquals(needed, e.needed());
    assertTrue(
        e.getMessage()
            .startsWith(
                String.format(
                    Locale.ROOT,
                    "short.txt has %d symbols, at least %d are required",
                    length,
                    needed)),
        e.getMessage());
  }

  @Test
  void textTooShort_forOneWindow() {
    TrainingConfig.Builder config =
        TestRuns.config().toBuilder().windows(it -> it.seqLength(25).batchSize(1));
    assertTooShort(26, 27, config.run(it -> it.validation(0)).build());
    assertTooShort(1, 27, config.run(it -> it.validation(0)).build());
    assertTooShort(28, 29, config.run(it -> it.validation(0.1)).build());
  }

  @Test
  void textAsShortAsAllowed() {
    TrainingConfig config =
        TestRuns.config().toBuilder()
            .windows(it -> it.seqLength(25).batchSize(1))
            .run(it -> it.validation(0.1))
            .build();
    try (Trainer trainer =
        TestRuns.charRnn().trainer(Corpus.of("ab".repeat(15).substring(0, 29)), config)) {
      assertEquals(1, trainer.plan().windowsPerEpoch());
      trainer.step();
      assertEquals(1, trainer.validate().orElseThrow().characters());
    }
  }

  @Test
  void batchSize_largerThanTheTextAllows() {
    TrainingConfig config = TestRuns.config().toBuilder().windows(it -> it.batchSize(16)).build();
    var e =
        assertThrows(
            InvalidOptionException.class,
            () -> TestRuns.charRnn().trainer(TestRuns.CORPUS, config).close());
    assertEquals(
        "batchSize must be at most 15 for windows of seqLength 4 from 95 symbols to learn from: 16",
        e.getMessage());
    TrainingConfig most = TestRuns.config().toBuilder().windows(it -> it.batchSize(15)).build();
    TestRuns.charRnn().trainer(TestRuns.CORPUS, most).close();
  }

  @Test
  void begin_thatTheVocabularyLacks() {
    TrainingConfig config = TestRuns.config().toBuilder().sample(it -> it.prompt("山选")).build();
    var e =
        assertThrows(
            UnknownSymbolException.class,
            () -> TestRuns.charRnn().trainer(TestRuns.CORPUS, config).close());
    assertEquals("选", e.symbol());
  }

  @Test
  void hyperparameter_unknownOrImpossible() {
    TrainingConfig.Builder unknown =
        TestRuns.config().toBuilder().optimizer(it -> it.hyperparameter("epsilom", 1));
    assertRefused("hyperparameter: 'adagrad' has no hyperparameter 'epsilom'", unknown.build());
    TrainingConfig.Builder impossible =
        TestRuns.config().toBuilder().optimizer(it -> it.hyperparameter("epsilon", -1));
    assertRefused("hyperparameter: epsilon must be in ", impossible.build());
  }

  @Test
  void hyperparameters_thatCannotBeCombined() {
    assertRefused(
        "hyperparameter: nesterov 1 needs a momentum above 0",
        TestRuns.config().toBuilder()
            .optimizer(
                it -> it.name("sgd").hyperparameter("momentum", 0).hyperparameter("nesterov", 1))
            .build());
  }

  @Test
  void hiddenSize_beyondAnyArray() {
    assertRefused(
        "hiddenSize: ", TestRuns.config().toBuilder().model(it -> it.hiddenSize(1 << 30)).build());
  }

  private static void assertRefused(String message, TrainingConfig config) {
    var e =
        assertThrows(
            InvalidOptionException.class,
            () -> TestRuns.charRnn().trainer(TestRuns.CORPUS, config).close());
    assertTrue(e.getMessage().startsWith(message), e.getMessage());
  }

  /** Lines with spaces are not blank, so the option would have no effect. */
  @Test
  void documentSeparator_thatSeparatesNothing_isRefused() {
    TrainingConfig config =
        TestRuns.config().toBuilder()
            .documents(it -> it.documentSeparator(DocumentConfig.Separator.BLANK_LINE))
            .build();
    Corpus spaces = Corpus.of("one line\n \nanother line\n \n".repeat(10));
    var e =
        assertThrows(
            InvalidOptionException.class, () -> TestRuns.charRnn().trainer(spaces, config));
    assertTrue(e.getMessage().contains("blank lines"), e.getMessage());
    Corpus separated = Corpus.of("one line\n\nanother line\n\n".repeat(10));
    TestRuns.charRnn().trainer(separated, config).close();
  }

  @Test
  void defaultPrompt_isVisible() {
    Corpus corpus = Corpus.of("\u0000\u001b\n\u2028 山水\n".repeat(20));
    try (Trainer trainer = TestRuns.charRnn().trainer(corpus, TestRuns.config())) {
      assertEquals("山", trainer.plan().config().sample().prompt().orElseThrow());
    }
  }
}

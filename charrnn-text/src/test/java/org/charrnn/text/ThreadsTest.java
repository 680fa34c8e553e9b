package org.charrnn.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.charrnn.text.generation.BeamSearch;
import org.charrnn.text.generation.GeneratedText;
import org.charrnn.text.generation.GeneratedText.Ending;
import org.charrnn.text.generation.GenerationRequest;
import org.charrnn.text.snapshot.Snapshot;
import org.charrnn.text.training.Loss;
import org.charrnn.text.training.StepReport;
import org.charrnn.text.training.TrainingListener;
import org.charrnn.text.training.TrainingResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Models and trainings that several threads use, and threads that are interrupted. */
class ThreadsTest {

  private static final GenerationRequest REQUEST = GenerationRequest.sampled("山", 200, 1, 1);

  @TempDir Path folder;

  @AfterEach
  void clearFlag() {
    Thread.interrupted();
  }

  private Path trained() {
    Path file = folder.resolve("model.ckpt");
    try (Trainer trainer = TestRuns.charRnn().trainer(TestRuns.CORPUS, TestRuns.config())) {
      trainer.run(file, TrainingListener.silent());
    }
    return file;
  }

  @Test
  void oneModel_manyThreads_theSameText() throws Exception {
    try (LanguageModel model = TestRuns.charRnn().load(trained());
        ExecutorService pool = Executors.newFixedThreadPool(16)) {
      String expected = model.generate(REQUEST);
      List<Future<String>> texts = new ArrayList<>();
      CountDownLatch start = new CountDownLatch(1);
      Callable<String> generating =
          () -> {
            start.await();
            return model.generate(REQUEST);
          };
      for (int i = 0; i < 64; i++) {
        texts.add(pool.submit(generating));
      }
      start.countDown();
      for (Future<String> text : texts) {
        assertEquals(expected, text.get());
      }
    }
  }

  @Test
  void model_calledFromItsOwnConsumer() {
    try (LanguageModel model = TestRuns.charRnn().load(trained())) {
      Loss loss = model.evaluate(TestRuns.CORPUS);
      String text = model.generate(REQUEST);
      GeneratedText outer =
          model.generate(
              REQUEST,
              _ -> {
                assertEquals(loss, model.evaluate(TestRuns.CORPUS));
                assertEquals(text, model.generate(REQUEST));
              });
      assertEquals(text, outer.text());
    }
  }

  @Test
  void model_usedWhileAnotherThreadGenerates() throws Exception {
    try (LanguageModel model = TestRuns.charRnn().load(trained());
        ExecutorService pool = Executors.newSingleThreadExecutor()) {
      CountDownLatch generating = new CountDownLatch(1);
      CountDownLatch used = new CountDownLatch(1);
      Future<GeneratedText> text =
          pool.submit(() ->
              model.generate(
                  REQUEST,
                  _ -> {
                    generating.countDown();
                    await(used);
                  }));
      generating.await();
      assertTrue(model.evaluate(TestRuns.CORPUS).nats() > 0);
      assertEquals(1, model.surprisals("山", "前", 1).size());
      model.save(folder.resolve("other.ckpt"));
      List<GeneratedText> texts = new ArrayList<>();
      model.generateMany(REQUEST, 2, texts::add);
      assertEquals(2, texts.size());
      used.countDown();
      assertEquals(texts.getFirst(), text.get());
    }
  }

  @Test
  void training_stepWhileItsModelGenerates_isRefused() {
    try (Trainer trainer = TestRuns.charRnn().trainer(TestRuns.CORPUS, TestRuns.config())) {
      assertThrows(
          IllegalStateException.class,
          () -> trainer.model().generate(REQUEST, _ -> trainer.step()));
      assertEquals(1, trainer.step().step());
    }
  }

  /** Parts of a trainer that a second thread calls while a run is in progress. */
  static List<Consumer<Trainer>> parts() {
    return List.of(
        Trainer::step,
        Trainer::validate,
        Trainer::sample,
        Trainer::snapshot,
        trainer -> trainer.surprisals(5, 1),
        trainer -> trainer.baseline(2),
        trainer -> trainer.save(Path.of("never-written.ckpt")),
        trainer -> trainer.run(TrainingListener.silent()),
        trainer -> trainer.model().generate(REQUEST),
        trainer -> trainer.model().evaluate(TestRuns.CORPUS));
  }

  @ParameterizedTest
  @MethodSource("parts")
  void trainer_calledByASecondThreadDuringARun_isRefused_andTheRunIsNotChanged(
      Consumer<Trainer> part) throws Exception {
    Snapshot expected = Snapshot.read(trained());
    List<String> names = new ArrayList<>();
    try (Trainer trainer = TestRuns.charRnn().trainer(TestRuns.CORPUS, TestRuns.config());
        ExecutorService pool = Executors.newSingleThreadExecutor()) {
      trainer.run(
          TrainingListener.onStep(report -> {
            if (report.step() == 3) {
              Future<?> other = pool.submit(() -> part.accept(trainer));
              Throwable refusal = assertThrows(ExecutionException.class, other::get).getCause();
              assertEquals(IllegalStateException.class, refusal.getClass(), refusal::toString);
              names.add(String.valueOf(refusal.getMessage()));
              assertEquals(3, trainer.progress().step());
            }
          }));
      assertEquals(expected.model().tensors(), trainer.snapshot().model().tensors());
    }
    assertTrue(
        names.getFirst().contains("'" + Thread.currentThread().getName() + "'"), names::toString);
  }

  @Test
  void trainer_afterTheCallOfAnotherThread_isFree() throws Exception {
    try (Trainer trainer = TestRuns.charRnn().trainer(TestRuns.CORPUS, TestRuns.config());
        ExecutorService pool = Executors.newSingleThreadExecutor()) {
      pool.submit(trainer::step).get();
      assertEquals(2, trainer.step().step());
      pool.submit(trainer::validate).get();
      assertEquals(trainer.validate(), pool.submit(trainer::validate).get());
    }
  }

  @Test
  void trainer_itsListenerMayUseIt() {
    List<String> samples = new ArrayList<>();
    try (Trainer trainer = TestRuns.charRnn().trainer(TestRuns.CORPUS, TestRuns.config())) {
      trainer.run(
          TrainingListener.onStep(report -> {
            samples.add(trainer.sample());
            trainer.validate();
            trainer.model().generate(REQUEST);
          }));
    }
    assertEquals(21, samples.size());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  // ---- interrupts

  @Test
  void generation_endsAtItsNextSymbol_andTheFlagStays() {
    try (LanguageModel model = TestRuns.charRnn().load(trained())) {
      String whole = model.generate(REQUEST);
      List<String> heard = new ArrayList<>();
      GeneratedText text =
          model.generate(
              REQUEST,
              symbol -> {
                heard.add(symbol.symbol());
                if (heard.size() == 5) {
                  Thread.currentThread().interrupt();
                }
              });
      assertTrue(Thread.interrupted(), "the flag was cleared");
      assertEquals(Ending.INTERRUPTED, text.ending());
      assertEquals(5, text.symbols().size());
      assertTrue(whole.startsWith(text.text()));
      assertEquals(whole, model.generate(REQUEST));
    }
  }

  @Test
  void manyTextsAndSearches_endToo() {
    try (LanguageModel model = TestRuns.charRnn().load(trained())) {
      List<GeneratedText> texts = new ArrayList<>();
      Thread.currentThread().interrupt();
      model.generateMany(REQUEST, 200, texts::add);
      GeneratedText searched =
          model.generate(GenerationRequest.searched("山", 50, BeamSearch.ofWidth(3)), _ -> {});
      assertTrue(Thread.interrupted(), "the flag was cleared");
      assertFalse(texts.isEmpty());
      assertTrue(texts.size() < 200, "further texts were started");
      assertTrue(texts.stream().allMatch(it -> it.ending() == Ending.INTERRUPTED));
      assertEquals(Ending.INTERRUPTED, searched.ending());
    }
  }

  @Test
  void training_endsAfterItsStepWithACheckpoint_andTheFlagStays() {
    Path file = folder.resolve("interrupted.ckpt");
    List<Long> saved = new ArrayList<>();
    TrainingResult result;
    try (Trainer trainer = TestRuns.charRnn().trainer(TestRuns.CORPUS, TestRuns.config())) {
      result =
          trainer.run(
              file,
              new TrainingListener() {
                @Override
                public void step(StepReport report) {
                  if (report.step() == 3) {
                    Thread.currentThread().interrupt();
                  }
                }

                @Override
                public void saved(Path place, long step) {
                  saved.add(step);
                }
              });
    }
    assertTrue(Thread.interrupted(), "the flag was cleared");
    assertEquals(TrainingResult.StopReason.REQUESTED, result.reason());
    assertEquals(List.of(3L), saved);
    assertEquals(3, Snapshot.read(file).training().orElseThrow().progress().step());
  }

  @Test
  void interruptedThread_savesAndLoads() {
    Path file = trained();
    Snapshot before = Snapshot.read(file);
    Thread.currentThread().interrupt();
    before.write(file);
    assertEquals(before, Snapshot.read(file));
    try (LanguageModel model = TestRuns.charRnn().load(file)) {
      model.save(folder.resolve("alone.ckpt"));
    }
    assertTrue(Thread.interrupted(), "the flag was cleared");
    assertEquals(
        before.model().tensors().keySet(),
        Checkpoint.readModel(folder.resolve("alone.ckpt")).tensors().keySet());
  }
}

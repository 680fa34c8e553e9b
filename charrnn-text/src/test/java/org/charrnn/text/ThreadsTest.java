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
import org.charrnn.text.checkpoint.Checkpoint;
import org.charrnn.text.generation.BeamSearch;
import org.charrnn.text.generation.GeneratedText;
import org.charrnn.text.generation.GeneratedText.Ending;
import org.charrnn.text.generation.GenerationRequest;
import org.charrnn.text.training.StepReport;
import org.charrnn.text.training.StopReason;
import org.charrnn.text.training.TrainingListener;
import org.charrnn.text.training.TrainingResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  /** Each of many threads gets the right text or an exception, never another text. */
  @Test
  void oneModel_manyThreads_neverAWrongText() throws Exception {
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
        try {
          assertEquals(expected, text.get());
        } catch (ExecutionException e) {
          assertTrue(e.getCause() instanceof IllegalStateException, e::toString);
        }
      }
      assertEquals(expected, model.generate(REQUEST));
    }
  }

  @Test
  void model_calledFromItsOwnConsumer_isRefused() {
    try (LanguageModel model = TestRuns.charRnn().load(trained())) {
      var e =
          assertThrows(
              IllegalStateException.class,
              () -> model.generate(REQUEST, _ -> model.evaluate(TestRuns.CORPUS)));
      assertTrue(String.valueOf(e.getMessage()).contains("consumer"), e::getMessage);
      assertEquals(
          201, model.generate(REQUEST).codePointCount(0, model.generate(REQUEST).length()));
    }
  }

  @Test
  void model_usedWhileAnotherThreadGenerates_isRefused() throws Exception {
    try (LanguageModel model = TestRuns.charRnn().load(trained());
        ExecutorService pool = Executors.newSingleThreadExecutor()) {
      CountDownLatch generating = new CountDownLatch(1);
      CountDownLatch refused = new CountDownLatch(1);
      Future<GeneratedText> text =
          pool.submit(() ->
              model.generate(
                  REQUEST,
                  _ -> {
                    generating.countDown();
                    await(refused);
                  }));
      generating.await();
      assertThrows(IllegalStateException.class, () -> model.evaluate(TestRuns.CORPUS));
      assertThrows(IllegalStateException.class, () -> model.surprisals("山", "前", 1));
      assertThrows(IllegalStateException.class, () -> model.save(folder.resolve("other.ckpt")));
      assertThrows(IllegalStateException.class, () -> model.generateMany(REQUEST, 2, _ -> {}));
      refused.countDown();
      assertEquals(Ending.LENGTH, text.get().ending());
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
    assertEquals(StopReason.REQUESTED, result.reason());
    assertEquals(List.of(3L), saved);
    assertEquals(3, Checkpoint.read(file).training().orElseThrow().progress().step());
  }

  @Test
  void interruptedThread_savesAndLoads() {
    Path file = trained();
    Checkpoint before = Checkpoint.read(file);
    Thread.currentThread().interrupt();
    before.write(file);
    assertEquals(before, Checkpoint.read(file));
    try (LanguageModel model = TestRuns.charRnn().load(file)) {
      model.save(folder.resolve("alone.ckpt"));
    }
    assertTrue(Thread.interrupted(), "the flag was cleared");
    assertEquals(
        before.model().tensors().keySet(),
        Checkpoint.readModel(folder.resolve("alone.ckpt")).tensors().keySet());
  }
}

package org.charrnn.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.Availability;
import org.charrnn.api.SeededRandom;
import org.charrnn.api.discovery.Plugins;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.generation.BeamSearch;
import org.charrnn.text.generation.Decoding;
import org.charrnn.text.generation.GeneratedSymbol;
import org.charrnn.text.generation.GeneratedText;
import org.charrnn.text.generation.GeneratedText.Ending;
import org.charrnn.text.generation.GenerationRequest;
import org.charrnn.text.generation.Prompt;
import org.charrnn.text.generation.Sampler;
import org.charrnn.text.scoring.State;
import org.charrnn.text.scoring.StateException;
import org.charrnn.text.scoring.TextScore;
import org.charrnn.text.training.TrainingListener;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One model that many threads use: each gets the text that it would get alone, and harms no other.
 */
class SharedModelTest {

  /** More with {@code -Dcharrnn.test.requests=100000}. */
  private static final int REQUESTS = Integer.getInteger("charrnn.test.requests", 1000);

  private static final int THREADS = 64;

  @TempDir private static Path folder;

  /** Two layers of 24, and documents, long enough in training that what was read matters. */
  @BeforeAll
  static void train() {
    TrainingConfig config =
        TestRuns.config().toBuilder()
            .model(it -> it.hiddenSize(24))
            .documents(it -> it.documentBegin("^").resetAtDocuments(true))
            .run(it -> it.epochs(12))
            .sample(it -> it.length(0))
            .build();
    try (Trainer trainer = TestRuns.charRnn().trainer(TestRuns.CORPUS, config)) {
      trainer.run(folder.resolve("model.ckpt"), TrainingListener.silent());
    }
  }

  private static LanguageModel load(String accelerator) {
    assumeTrue(
        Plugins.accelerators().get(accelerator).availability() instanceof Availability.Available);
    return CharRnn.create()
        .withAccelerator(accelerator)
        .withOptions(AcceleratorOptions.defaults().withThreads(2))
        .load(folder.resolve("model.ckpt"));
  }

  // ---- requests of all kinds

  private static final List<String> SYMBOLS =
      TestRuns.CORPUS.text().codePoints().mapToObj(Character::toString).distinct().toList();

  private static GenerationRequest request(long seed) {
    RandomGenerator random = new SeededRandom(seed);
    GenerationRequest request =
        new GenerationRequest(
            Prompt.of(text(random, 1 + random.nextInt(random.nextInt(20) == 0 ? 300 : 12))),
            random.nextInt(40),
            decoding(random),
            random.nextLong(),
            Optional.empty(),
            random.nextBoolean());
    if (random.nextInt(3) == 0) {
      request = request.withStop("，").withStop(text(random, 2));
    }
    if (random.nextInt(4) == 0) {
      request = request.withBias(Map.of("山", 2.0, "，", Double.NEGATIVE_INFINITY));
    }
    return random.nextInt(4) == 0 ? request.withAlternatives(3) : request;
  }

  private static String text(RandomGenerator random, int length) {
    return IntStream.range(0, length)
        .mapToObj(_ -> SYMBOLS.get(random.nextInt(SYMBOLS.size())))
        .collect(Collectors.joining());
  }

  private static Decoding decoding(RandomGenerator random) {
    Decoding.Repetition repetition =
        random.nextInt(3) == 0 ? new Decoding.Repetition(1.2, 3) : Decoding.Repetition.ALLOWED;
    return switch (random.nextInt(6)) {
      case 0 -> Sampler.greedy().withRepetition(repetition);
      case 1 -> Sampler.standard().withRepetition(repetition);
      case 2 -> Sampler.temperature(1.3).withTopK(5).withRepetition(repetition);
      case 3 -> new BeamSearch(random.nextInt(10) == 0 ? 70 : 1 + random.nextInt(5), 1, repetition);
      default -> Sampler.temperature(1).withRepetition(repetition);
    };
  }

  /** Runs tasks on many threads at once and waits for all; fails if one does. */
  private static void inParallel(ExecutorService threads, List<? extends Callable<?>> tasks)
      throws InterruptedException, ExecutionException {
    try (threads) {
      List<Future<?>> running = new ArrayList<>();
      for (Callable<?> task : tasks) {
        running.add(threads.submit(task));
      }
      for (Future<?> one : running) {
        one.get();
      }
    }
  }

  private static ExecutorService threads(boolean virtual) {
    return virtual
        ? Executors.newVirtualThreadPerTaskExecutor()
        : Executors.newFixedThreadPool(THREADS);
  }

  // ---- the same text

  @ParameterizedTest
  @CsvSource({"java, true", "java-vector, false"})
  void manyThreads_eachGetsTheTextOfAnIdleModel(String accelerator, boolean virtual)
      throws Exception {
    List<GeneratedText> expected = new ArrayList<>();
    try (LanguageModel alone = load(accelerator)) {
      for (int i = 0; i < REQUESTS; i++) {
        expected.add(alone.generate(request(i), _ -> {}));
      }
    }
    try (LanguageModel model = load(accelerator)) {
      inParallel(
          threads(virtual),
          IntStream.range(0, REQUESTS)
              .<Callable<?>>mapToObj(i ->
                  () -> {
                    GenerationRequest request = request(i);
                    GeneratedText text = expected.get(i);
                    if (i % 3 == 0) {
                      assertEquals(text, model.generate(request, _ -> {}));
                    } else if (i % 3 == 1) {
                      assertEquals(text.text(), model.generate(request));
                    } else {
                      try (Stream<GeneratedSymbol> symbols = model.stream(request)) {
                        assertEquals(text.symbols(), symbols.toList());
                      }
                    }
                    return i;
                  })
              .toList());
      assertEquals(0, model.activeTexts());
    }
  }

  @Test
  void freshModel_givesTheSameText() {
    for (int i = 0; i < 5; i++) {
      try (LanguageModel fresh = load("java");
          LanguageModel used = load("java")) {
        used.generate(request(i + 1));
        assertEquals(fresh.generate(request(i), _ -> {}), used.generate(request(i), _ -> {}));
      }
    }
  }

  // ---- requests that end early

  /** Half of the requests are given up: by closing, by an exception, by an interrupt. */
  @ParameterizedTest
  @ValueSource(strings = {"java", "java-vector"})
  void givenUpHalfWay_theOthersAreUnharmed(String accelerator) throws Exception {
    try (LanguageModel model = load(accelerator)) {
      GenerationRequest request = GenerationRequest.sampled("山前", 30, 1, 3);
      GeneratedText whole = model.generate(request, _ -> {});
      inParallel(
          threads(false),
          IntStream.range(0, REQUESTS)
              .<Callable<?>>mapToObj(i ->
                  () -> {
                    switch (i % 6) {
                      case 0 -> closes(model, request, whole, i % 7);
                      case 1 -> throwsException(model, request, i % 7);
                      case 2 -> isInterrupted(model, request, whole, 1 + i % 7);
                      default -> assertEquals(whole, model.generate(request, _ -> {}));
                    }
                    return i;
                  })
              .toList());
      assertEquals(whole, model.generate(request, _ -> {}));
      assertEquals(0, model.activeTexts());
    }
  }

  /**
   * Requests that continue one state, in one row or in several; half of them are given up, and the
   * rows that are left keep their texts, the state its bytes.
   */
  @ParameterizedTest
  @ValueSource(strings = {"java", "java-vector"})
  void givenUpHalfWay_theOthersOfTheSamePromptAreUnharmed(String accelerator) throws Exception {
    try (LanguageModel model = load(accelerator)) {
      State state = model.start("山前有");
      byte[] bytes = state.toBytes();
      List<GenerationRequest> requests = new ArrayList<>();
      for (int seed = 0; seed < 8; seed++) {
        Decoding decoding = seed % 4 == 3 ? BeamSearch.ofWidth(5) : Sampler.temperature(1);
        requests.add(new GenerationRequest(Prompt.of(state), 20 + seed, decoding, seed));
      }
      List<GeneratedText> wholes =
          requests.stream().map(it -> model.generate(it, _ -> {})).toList();
      assertTrue(Set.copyOf(wholes).size() > 2, "all texts are the same");
      inParallel(
          threads(false),
          IntStream.range(0, REQUESTS)
              .<Callable<?>>mapToObj(i ->
                  () -> {
                    GenerationRequest request = requests.get(i % requests.size());
                    GeneratedText whole = wholes.get(i % requests.size());
                    switch (i / requests.size() % 4) {
                      case 0 -> closes(model, request, whole, i % 7);
                      case 1 -> manyAreInterrupted(model, requests.get(i % 3));
                      default -> assertEquals(whole, model.generate(request, _ -> {}));
                    }
                    return i;
                  })
              .toList());
      assertEquals(wholes, requests.stream().map(it -> model.generate(it, _ -> {})).toList());
      assertArrayEquals(bytes, state.toBytes());
      assertEquals(0, model.activeTexts());
    }
  }

  private static void manyAreInterrupted(LanguageModel model, GenerationRequest request) {
    List<GeneratedText> texts = new ArrayList<>();
    model.generateMany(
        request,
        5,
        text -> {
          texts.add(text);
          Thread.currentThread().interrupt();
        });
    assertTrue(Thread.interrupted(), "the flag was cleared");
    assertTrue(texts.size() <= 5);
    assertEquals(model.generate(request, _ -> {}), texts.getFirst());
  }

  private static void closes(
      LanguageModel model, GenerationRequest request, GeneratedText whole, int after) {
    try (Stream<GeneratedSymbol> symbols = model.stream(request)) {
      Iterator<GeneratedSymbol> iterator = symbols.iterator();
      for (int i = 0; i < after; i++) {
        assertEquals(whole.symbols().get(i), iterator.next());
      }
    }
  }

  private static void throwsException(LanguageModel model, GenerationRequest request, int after) {
    int[] heard = {0};
    assertThrows(
        ArithmeticException.class,
        () ->
            model.generate(
                request,
                _ -> {
                  if (heard[0]++ == after) {
                    throw new ArithmeticException("of a callback");
                  }
                }));
  }

  private static void isInterrupted(
      LanguageModel model, GenerationRequest request, GeneratedText whole, int after) {
    List<GeneratedSymbol> heard = new ArrayList<>();
    GeneratedText text =
        model.generate(
            request,
            symbol -> {
              heard.add(symbol);
              if (heard.size() == after) {
                Thread.currentThread().interrupt();
              }
            });
    assertTrue(Thread.interrupted(), "the flag was cleared");
    assertEquals(whole.symbols().subList(0, after), text.symbols());
    assertEquals(heard, text.symbols());
    assertEquals(Ending.INTERRUPTED, text.ending());
  }

  /** Threads are interrupted while they do anything with the model, at any moment. */
  @Test
  void randomInterrupts_noWrongText_noDeadlock_noLeak() throws Exception {
    try (LanguageModel model = load("java")) {
      GenerationRequest request = GenerationRequest.sampled("山前有", 60, 1, 3);
      GeneratedText whole = model.generate(request, _ -> {});
      double nats = model.evaluate(TestRuns.CORPUS).nats();
      State state = model.start("山前");
      AtomicInteger done = new AtomicInteger();
      AtomicInteger interrupted = new AtomicInteger();
      List<Thread> users = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        int kind = i;
        users.add(
            Thread.ofPlatform()
                .start(() -> {
                  while (done.get() < REQUESTS) {
                    use(model, kind, request, whole, nats, state);
                    interrupted.addAndGet(Thread.interrupted() ? 1 : 0);
                    done.incrementAndGet();
                  }
                }));
      }
      RandomGenerator random = new SeededRandom(5);
      while (users.stream().anyMatch(Thread::isAlive)) {
        users.get(random.nextInt(users.size())).interrupt();
        Thread.sleep(0, random.nextInt(900_000));
      }
      assertTrue(done.get() >= REQUESTS, "a thread failed");
      assertTrue(interrupted.get() > 0, "none was interrupted");
      assertEquals(whole, model.generate(request, _ -> {}));
      assertEquals(0, model.activeTexts());
    }
  }

  private static void use(
      LanguageModel model,
      int kind,
      GenerationRequest request,
      GeneratedText whole,
      double nats,
      State state) {
    switch (kind % 5) {
      case 0 -> assertTrue(whole.text().startsWith(model.generate(request)));
      case 1 -> {
        GeneratedText text = model.generate(request, _ -> {});
        assertEquals(whole.symbols().subList(0, text.symbols().size()), text.symbols());
        assertEquals(text.symbols().size() < 60, text.ending() == Ending.INTERRUPTED);
      }
      case 2 -> {
        try (Stream<GeneratedSymbol> symbols = model.stream(request)) {
          List<GeneratedSymbol> read = symbols.toList();
          assertEquals(whole.symbols().subList(0, read.size()), read);
        }
      }
      case 3 -> unlessInterrupted(() -> assertEquals(nats, model.evaluate(TestRuns.CORPUS).nats()));
      default -> unlessInterrupted(() -> assertEquals(model.start("山前有"), state.read("有")));
    }
  }

  private static void unlessInterrupted(Runnable use) {
    try {
      use.run();
    } catch (CancellationException e) {
      assertTrue(Thread.currentThread().isInterrupted(), "the flag was cleared");
    }
  }

  /** The thread returns at once; the work of others is done, with the same results. */
  @Test
  void interruptedThread_leavesLongWork_andOthersGetTheirs() throws Exception {
    try (LanguageModel model = load("java")) {
      String text = "山前有".repeat(30_000);
      TextScore expected = model.score("山前有");
      List<Callable<Object>> works =
          List.of(
              () -> model.score(text),
              () -> model.start(text),
              () -> model.surprisals("山", text, 1),
              () -> model.embed(text),
              () -> model.evaluate(Corpus.of(text)));
      for (Callable<Object> work : works) {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread =
            Thread.ofPlatform()
                .start(() -> thrown.set(assertThrows(CancellationException.class, work::call)));
        while (thread.getState() != Thread.State.WAITING) {
          Thread.onSpinWait();
        }
        thread.interrupt();
        assertTrue(thread.join(Duration.ofSeconds(20)), "the thread waits on");
        assertInstanceOf(CancellationException.class, thrown.get());
        assertEquals(expected, model.score("山前有"));
        assertEquals(0, model.activeTexts());
      }
    }
  }

  // ---- slow readers

  @Test
  void slowReader_waitsAlone() {
    try (LanguageModel model = load("java")) {
      GenerationRequest request = GenerationRequest.sampled("山前", 2000, 1, 3);
      String whole = model.generate(request);
      try (Stream<GeneratedSymbol> symbols = model.stream(request)) {
        Iterator<GeneratedSymbol> slow = symbols.iterator();
        StringBuilder text = new StringBuilder("山前");
        for (int i = 0; i < 2000; i++) {
          text.append(slow.next().symbol());
          if (i == 3 || i == 700) {
            assertEquals(whole, model.generate(request)); // by then the slow one has stopped
            assertEquals(0, model.activeTexts());
          }
        }
        assertFalse(slow.hasNext());
        assertEquals(whole, text.toString());
      }
    }
  }

  /** Its row leaves while others are computed, and comes back later, again and again. */
  @ParameterizedTest
  @ValueSource(strings = {"java", "java-vector"})
  void slowReader_amongOthers(String accelerator) throws Exception {
    GenerationRequest request = GenerationRequest.sampled("山前", 3000, 1, 3);
    int others = 10;
    AtomicBoolean done = new AtomicBoolean();
    try (LanguageModel model = load(accelerator)) {
      String whole = model.generate(request);
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
          Stream<GeneratedSymbol> symbols = model.stream(request)) {
        for (int i = 0; i < others; i++) {
          GenerationRequest other = GenerationRequest.sampled("前", 500, 1, i);
          threads.execute(() -> {
            while (!done.get()) {
              model.generate(other);
            }
          });
        }
        Iterator<GeneratedSymbol> slow = symbols.iterator();
        StringBuilder text = new StringBuilder("山前");
        try {
          while (slow.hasNext()) {
            text.append(slow.next().symbol());
            if (text.length() % 600 == 3) {
              long steps = model.usage().steps();
              while (model.usage().steps() < steps + 1000) { // by then the slow one has stopped
                Thread.sleep(1);
              }
            }
          }
        } finally {
          done.set(true);
        }
        assertEquals(whole, text.toString());
      }
    }
  }

  // ---- streams

  @Test
  void stream_isLazy() {
    try (LanguageModel model = load("java")) {
      Stream<GeneratedSymbol> symbols =
          model.stream(GenerationRequest.sampled("山前", 2000, 1, 3)).map(it -> it);
      assertEquals(0, model.activeTexts());
      assertEquals(5, symbols.limit(5).count());
      symbols.close();
      assertEquals(0, model.activeTexts());
    }
  }

  @Test
  void timeLimit_endsTheText() {
    try (LanguageModel model = load("java")) {
      GenerationRequest endless = GenerationRequest.sampled("山", 100_000_000, 1, 3);
      GenerationRequest limited = endless.withTimeLimit(Duration.ofMillis(30));
      GeneratedText text = model.generate(limited, _ -> {});
      assertEquals(Ending.TIME_LIMIT, text.ending());
      assertTrue(text.symbols().size() < 100_000_000);
      assertTrue(model.generate(limited).startsWith("山"));
      assertEquals(0, model.activeTexts());
    }
  }

  // ---- close

  @Test
  void close_endsAllRequests_andTheThread() throws Exception {
    LanguageModel model = load("java");
    GenerationRequest endless = GenerationRequest.sampled("山", 100_000_000, 1, 3);
    Stream<GeneratedSymbol> paused = model.stream(endless);
    Iterator<GeneratedSymbol> iterator = paused.iterator();
    iterator.next();
    CountDownLatch started = new CountDownLatch(100);
    List<Future<?>> running = new ArrayList<>();
    try (ExecutorService threads = threads(true)) {
      for (int i = 0; i < 100; i++) {
        int kind = i;
        running.add(
            threads.submit(() -> {
              started.countDown();
              return switch (kind % 3) {
                case 0 -> model.generate(endless);
                case 1 -> model.generate(endless, _ -> {}).text();
                default -> String.valueOf(model.stream(endless).count());
              };
            }));
      }
      started.await();
      model.close();
      assertEquals(0, engineThreads());
      model.close();
    }
    for (Future<?> request : running) {
      var e = assertThrows(ExecutionException.class, request::get);
      assertTrue(e.getCause() instanceof IllegalStateException, e::toString);
    }
    assertThrows(
        IllegalStateException.class,
        () -> {
          while (iterator.hasNext()) {
            iterator.next();
          }
        });
    assertThrows(IllegalStateException.class, () -> model.generate(endless));
    assertThrows(IllegalStateException.class, () -> model.evaluate(TestRuns.CORPUS));
    assertThrows(IllegalStateException.class, () -> model.start("山"));
  }

  @Test
  void close_fromACallback() {
    LanguageModel model = load("java");
    GenerationRequest endless = GenerationRequest.sampled("山", 100_000_000, 1, 3);
    assertThrows(IllegalStateException.class, () -> model.generate(endless, _ -> model.close()));
  }

  @Test
  void idleModel_hasNoThread() throws Exception {
    try (LanguageModel model = load("java")) {
      String text = model.generate(request(1));
      assertEquals(1, engineThreads());
      for (int i = 0; i < 500 && engineThreads() > 0; i++) {
        Thread.sleep(10);
      }
      assertEquals(0, engineThreads());
      assertEquals(text, model.generate(request(1)));
    }
  }

  private static long engineThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("charrnn-engine"))
        .count();
  }

  // ---- states

  @Test
  void state_continuesAsTheWholePrompt() {
    try (LanguageModel model = load("java")) {
      String prompt = "^山前有水，水上有桥，".repeat(9);
      GenerationRequest request = GenerationRequest.sampled(prompt, 30, 1, 7);
      State start = model.start("^山");
      State state = start.read(prompt.substring(2)).read("");
      assertEquals(model.start(prompt), state);
      assertEquals(state.hashCode(), model.start(prompt).hashCode());
      assertNotEquals(start, state);
      GeneratedText expected = model.generate(request, _ -> {});
      GeneratedText text = model.generate(request.withPrompt(Prompt.of(state)), _ -> {});
      assertEquals(expected.symbols(), text.symbols());
      assertEquals("", text.prompt());
      List<GeneratedText> several = new ArrayList<>();
      model.generateMany(request.withPrompt(Prompt.of(state)), 3, several::add);
      assertEquals(expected.symbols(), several.getFirst().symbols());
    }
  }

  @Test
  void state_resumesInAnotherModelOfTheSameFile() {
    byte[] bytes;
    String expected;
    GenerationRequest request = GenerationRequest.sampled("山", 30, 1, 7);
    try (LanguageModel model = load("java")) {
      State state = model.start("^山前有水");
      bytes = state.toBytes();
      expected = model.generate(request.withPrompt(Prompt.of(state)));
    }
    assertTrue(bytes.length < 4096, "a few kilobytes: " + bytes.length);
    try (LanguageModel model = load("java")) {
      State state = model.resume(bytes);
      assertEquals(model.start("^山前有水"), state);
      assertEquals(expected, model.generate(request.withPrompt(Prompt.of(state))));
      for (int i = 0; i < bytes.length; i++) {
        byte[] damaged = bytes.clone();
        damaged[i] ^= 4;
        assertThrows(StateException.class, () -> model.resume(damaged));
        byte[] truncated = Arrays.copyOf(bytes, i);
        assertThrows(StateException.class, () -> model.resume(truncated));
      }
    }
  }

  @Test
  void state_ofAnotherModel_isRefused() {
    try (LanguageModel model = load("java");
        Trainer trainer = TestRuns.charRnn().trainer(TestRuns.CORPUS, TestRuns.config())) {
      State other = trainer.model().start("山");
      GenerationRequest request = GenerationRequest.greedy("山", 3).withPrompt(Prompt.of(other));
      assertThrows(IllegalArgumentException.class, () -> model.generate(request));
      assertThrows(StateException.class, () -> model.resume(other.toBytes()));
    }
  }
}

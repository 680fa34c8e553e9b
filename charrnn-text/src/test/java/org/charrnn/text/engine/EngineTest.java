package org.charrnn.text.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.util.concurrent.Uninterruptibles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.charrnn.api.DeviceException;
import org.charrnn.api.SeededRandom;
import org.charrnn.text.config.ReadingDirection;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.encoding.CodePointTokenizer;
import org.charrnn.text.evaluation.ModelDivergedException;
import org.charrnn.text.generation.BeamSearch;
import org.charrnn.text.generation.GeneratedSymbol;
import org.charrnn.text.generation.GeneratedText;
import org.charrnn.text.generation.GeneratedText.Ending;
import org.charrnn.text.generation.GenerationRequest;
import org.charrnn.text.generation.Sampler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The order in which an engine computes, and its faults, with a model whose scores are drawn. */
class EngineTest {

  private static final Vocabulary VOCABULARY =
      Vocabulary.of(Stream.of("a", "b", "c", "d").map(it -> new Vocabulary.Entry(it, 1)).toList());

  private final Recorded rows = new Recorded();
  private final Engine engine = Engine.threaded(rows, Duration.ofMillis(20));
  private final Generation generation = generation(engine);

  private static Generation generation(Engine engine) {
    return new Generation(
        engine, VOCABULARY, new CodePointTokenizer(), ReadingDirection.FORWARD, _ -> Start.of());
  }

  @AfterEach
  void close() {
    rows.permits.release(Integer.MAX_VALUE / 2);
    engine.close();
  }

  /** Counts what is computed; each step may need a permit. */
  private static final class Recorded extends FakeRows {
    private final Semaphore permits = new Semaphore(0);
    private final List<Integer> batches = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean needsPermits;
    private volatile Optional<RuntimeException> fault = Optional.empty();
    private volatile int diverged = -1;
    private volatile IntConsumer beforeScores = _ -> {};
    private volatile int steps;
    private volatile int chunks;
    private volatile int made;

    Recorded() {
      super(4, 5);
    }

    @Override
    public void step(List<Row> advanced, int[] ids) {
      if (needsPermits) {
        permits.acquireUninterruptibly();
      }
      fault.ifPresent(thrown -> {
        throw thrown;
      });
      batches.add(ids.length);
      threads.add(Thread.currentThread());
      steps = batches.size();
      super.step(advanced, ids);
    }

    @Override
    public Row row() {
      made++;
      return super.row();
    }

    @Override
    public void read(List<Row> advanced, int[] ids) {
      chunks++;
      super.read(advanced, ids);
    }

    @Override
    public void scores(int row, float[] into) {
      beforeScores.accept(row);
      super.scores(row, into);
      if (row == diverged) {
        into[2] = Float.NaN;
      }
    }
  }

  private static GenerationRequest request(int length) {
    return GenerationRequest.sampled("a", length, 1, 7);
  }

  private static void waitUntil(java.util.function.BooleanSupplier condition) {
    for (int i = 0; i < 10_000 && !condition.getAsBoolean(); i++) {
      try {
        Thread.sleep(1);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    assertTrue(condition.getAsBoolean(), "waited for long");
  }

  // ---- together

  @Test
  void requests_joinWhileOthersAreGenerated_andLeave() throws Exception {
    rows.needsPermits = true;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<GeneratedText> first = threads.submit(() -> generation.generate(request(6)));
      waitUntil(() -> rows.permits.hasQueuedThreads());
      Future<GeneratedText> second = threads.submit(() -> generation.generate(request(2)));
      waitUntil(() -> second.state() == Future.State.RUNNING);
      rows.permits.release(1);
      waitUntil(() -> rows.steps == 1);
      Thread.sleep(50); // the second one is there before the next step ends
      rows.permits.release(100);
      assertEquals(6, first.get().symbols().size());
      assertEquals(2, second.get().symbols().size());
    }
    assertEquals(6, rows.batches.size());
    assertEquals(2, rows.batches.stream().filter(it -> it == 2).count());
    assertEquals(1, rows.threads.stream().distinct().count());
  }

  /** Its reader has the text while the next one of the same step is decoded. */
  @Test
  void textThatEnds_doesNotWaitForOthers() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    AtomicBoolean inTime = new AtomicBoolean();
    rows.needsPermits = true;
    rows.beforeScores =
        row -> {
          if (row == 1) {
            inTime.set(Uninterruptibles.awaitUninterruptibly(read, Duration.ofSeconds(30)));
          }
        };
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> first =
          threads.submit(() -> {
            generation.generate(request(2));
            read.countDown();
          });
      waitUntil(() -> rows.permits.hasQueuedThreads());
      Future<GeneratedText> second = threads.submit(() -> generation.generate(request(2)));
      waitUntil(() -> second.state() == Future.State.RUNNING);
      Thread.sleep(50); // it is there before the second step
      rows.permits.release(100);
      first.get();
      second.get();
    }
    assertEquals(List.of(1, 2, 1), rows.batches);
    assertTrue(inTime.get());
  }

  @Test
  void moreThanAllPlaces_waitInTheirOrder() throws Exception {
    rows.needsPermits = true;
    List<Future<GeneratedText>> texts = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 200; i++) {
        texts.add(threads.submit(() -> generation.generate(request(3))));
      }
      Thread.sleep(50);
      rows.permits.release(10_000);
      for (Future<GeneratedText> text : texts) {
        assertEquals(3, text.get().symbols().size());
      }
    }
    assertTrue(rows.batches.stream().allMatch(it -> it <= 64), rows.batches::toString);
    assertTrue(rows.batches.contains(64), rows.batches::toString);
    assertEquals(0, engine.active());
  }

  /** A thousand requests take the memory of the model and of as many states as it has places. */
  @Test
  void requestsThatWait_needNoState() throws Exception {
    rows.needsPermits = true;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<GeneratedText>> texts = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        texts.add(threads.submit(() -> generation.generate(request(3))));
      }
      for (Future<GeneratedText> text : texts) {
        waitUntil(() -> text.state() == Future.State.RUNNING);
      }
      for (int step = 0; step < 20; step++) {
        rows.permits.release(1);
        int steps = step + 1;
        waitUntil(() -> rows.steps == steps);
        int ended = steps / 3 * rows.maxRows(); // at most: each text takes three steps
        assertTrue(rows.made <= ended + 2 * rows.maxRows(), () -> rows.made + " of " + ended);
      }
      rows.permits.release(10_000);
      for (Future<GeneratedText> text : texts) {
        assertEquals(3, text.get().symbols().size());
      }
    }
    assertEquals(1000, rows.made);
  }

  /** A wide search takes all places, and gets them although others come meanwhile. */
  @Test
  void wideSearch_andOthers() throws Exception {
    GenerationRequest wide = GenerationRequest.searched("a", 6, BeamSearch.ofWidth(200));
    GeneratedText expected = generation(Engine.inline(new FakeRows(4, 5))).generate(wide);
    GeneratedText other = generation.generate(request(20));
    List<Future<GeneratedText>> texts = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 40; i++) {
        GenerationRequest one = i % 10 == 5 ? wide : request(20);
        texts.add(threads.submit(() -> generation.generate(one)));
      }
      for (int i = 0; i < 40; i++) {
        assertEquals(i % 10 == 5 ? expected : other, texts.get(i).get());
      }
    }
  }

  /** A prompt of a thousand symbols is read in chunks, and a short text is done long before. */
  @Test
  void longPrompt_doesNotStallOthers() throws Exception {
    rows.needsPermits = true;
    String prompt = "abcd".repeat(20_000);
    GenerationRequest longOne = GenerationRequest.sampled(prompt, 3, 1, 7);
    GeneratedText expected = generation(Engine.inline(new FakeRows(4, 5))).generate(longOne);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<GeneratedText> shortText = threads.submit(() -> generation.generate(request(100)));
      waitUntil(() -> rows.permits.hasQueuedThreads());
      Future<GeneratedText> longText = threads.submit(() -> generation.generate(longOne));
      for (int i = 0; i < 100; i++) {
        rows.permits.release();
        Thread.sleep(1);
      }
      assertEquals(100, shortText.get().symbols().size());
      rows.permits.release(1000);
      assertEquals(expected, longText.get());
      assertEquals(80_000 / 8 - 1, rows.chunks);
    }
  }

  @Test
  void work_isDoneInPortions_whileTextsAreGenerated() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    List<String> log = new ArrayList<>();
    Work<Integer> work =
        new Work<>() {
          private int portions;

          @Override
          public void begin() {
            log.add("begin");
            begun.countDown();
          }

          @Override
          public boolean advance() {
            portions++;
            return portions < 50;
          }

          @Override
          public void end() {
            log.add("end");
          }

          @Override
          public Integer result() {
            return portions;
          }
        };
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<GeneratedText> text = threads.submit(() -> generation.generate(request(500)));
      assertEquals(50, engine.run(work));
      assertEquals(500, text.get().symbols().size());
    }
    assertEquals(List.of("begin", "end"), log);
  }

  // ---- readers

  @Test
  void reader_thatTakesNothing_stopsItsTextAlone() {
    try (SymbolReader slow = generation.read(request(5000))) {
      assertTrue(slow.next().isPresent());
      waitUntil(() -> engine.active() == 0);
      assertTrue(rows.steps < 300, "generated ahead: " + rows.steps);
      assertEquals(100, generation.generate(request(100)).symbols().size());
      int taken = 1;
      while (slow.next().isPresent()) {
        taken++;
      }
      assertEquals(5000, taken);
      assertEquals(generation.generate(request(5000)), slow.text());
    }
  }

  /** A stop string that is longer than the symbols which are generated ahead. */
  @Test
  void reader_ofAText_thatIsHeldBackForLong() {
    String stop = "a".repeat(2000) + "b";
    FakeRows always = new FakeRows(9, 1, 1, 1); // hardly ever anything but a
    try (Engine other = Engine.threaded(always)) {
      GenerationRequest greedy = GenerationRequest.greedy("b", 1500).withStop(stop);
      List<GeneratedSymbol> symbols = new ArrayList<>();
      GeneratedText text = generation(other).generate(greedy, symbols::add);
      assertEquals("a".repeat(1500), text.continuation());
      assertEquals(text.symbols(), symbols);
    }
  }

  @Test
  void stopStrings_theFirstOneCounts() {
    for (long seed = 0; seed < 60; seed++) {
      GenerationRequest whole = GenerationRequest.sampled("a", 100, 1, seed);
      String text = generation.generate(whole).continuation();
      List<String> stops = List.of("cab", "dd", "ab", "cdc");
      int end =
          stops.stream().mapToInt(text::indexOf).filter(it -> it >= 0).min().orElse(text.length());
      GenerationRequest stopped = whole;
      for (String stop : stops) {
        stopped = stopped.withStop(stop);
      }
      List<String> heard = new ArrayList<>();
      String found = generation.generate(stopped, it -> heard.add(it.symbol())).continuation();
      // The text ends with the stop string that is complete first, which may begin later.
      assertTrue(text.startsWith(found), text + " " + found);
      assertTrue(found.length() >= end, text + " " + found);
      assertTrue(stops.stream().noneMatch(found::contains), found);
      assertEquals(found, String.join("", heard));
    }
  }

  // ---- texts that several threads continue

  /** So many symbols that the rows of a step are shared among threads. */
  private static final int MANY = 600;

  private static final Vocabulary LARGE =
      Vocabulary.of(
          IntStream.range(0, MANY)
              .mapToObj(i -> new Vocabulary.Entry(Character.toString('一' + i), 1))
              .toList());

  /** Scores that are the same after every text; notes the threads that read them. */
  private static final class Shared extends FakeRows {
    private final Set<Thread> readers = ConcurrentHashMap.newKeySet();
    private final AtomicInteger faults = new AtomicInteger();

    Shared() {
      super(scores());
    }

    private static float[] scores() {
      SeededRandom random = new SeededRandom(3);
      float[] scores = new float[MANY];
      for (int id = 0; id < MANY; id++) {
        scores[id] = (float) (2 * random.nextGaussian());
      }
      return scores;
    }

    @Override
    public void scores(int row, float[] into) {
      readers.add(Thread.currentThread());
      if (faults.get() > 0 && faults.getAndDecrement() == 1) {
        throw new ArithmeticException("of one row");
      }
      super.scores(row, into);
    }
  }

  private static Generation ofMany(Engine sharing) {
    return new Generation(
        sharing, LARGE, new CodePointTokenizer(), ReadingDirection.FORWARD, _ -> Start.of());
  }

  private static List<GenerationRequest> severalKinds() {
    return IntStream.range(0, 60)
        .mapToObj(i -> {
          String prompt = Character.toString('一' + i);
          Sampler sampler = Sampler.temperature(1 + i % 3).withTopK(i % 2 == 0 ? MANY : 30);
          return i % 20 == 7
              ? GenerationRequest.searched(prompt, 5, BeamSearch.ofWidth(3))
              : new GenerationRequest(prompt, 20 + i, sampler.withTopP(1 - i % 4 / 10.), i);
        })
        .toList();
  }

  @Test
  void textsThatAreContinuedInSeveralThreads_areThoseOfOneThread() throws Exception {
    Shared model = new Shared();
    try (Engine sharing = Engine.threaded(model);
        Engine alone = Engine.inline(new Shared());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<GenerationRequest> requests = severalKinds();
      List<Future<GeneratedText>> texts =
          requests.stream().map(it -> threads.submit(() -> ofMany(sharing).generate(it))).toList();
      for (int i = 0; i < texts.size(); i++) {
        assertEquals(ofMany(alone).generate(requests.get(i)), texts.get(i).get());
      }
    }
    assertTrue(model.readers.size() > 1, model.readers::toString);
  }

  @Test
  void exceptionInAnotherThread_endsItsTextAlone() throws Exception {
    Shared model = new Shared();
    try (Engine sharing = Engine.threaded(model);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int fault = 1; fault < 500; fault += 50) {
        model.faults.set(fault);
        List<Future<GeneratedText>> texts =
            IntStream.range(0, 64)
                .mapToObj(i ->
                    threads.submit(
                        () -> ofMany(sharing).generate(GenerationRequest.sampled("一", 30, 1, i))))
                .toList();
        int failed = 0;
        for (Future<GeneratedText> text : texts) {
          try {
            assertEquals(30, text.get().symbols().size());
          } catch (ExecutionException e) {
            assertEquals("of one row", e.getCause().getMessage());
            failed++;
          }
        }
        assertEquals(1, failed);
        assertEquals(0, sharing.active());
      }
    }
  }

  // ---- faults

  @Test
  void divergedRow_failsAlone() throws Exception {
    rows.needsPermits = true;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<GeneratedText> first = threads.submit(() -> generation.generate(request(10)));
      waitUntil(() -> rows.permits.hasQueuedThreads());
      Future<GeneratedText> second = threads.submit(() -> generation.generate(request(10)));
      Thread.sleep(50);
      rows.permits.release(1);
      waitUntil(() -> rows.steps == 1);
      rows.diverged = 1;
      rows.permits.release(100);
      assertEquals(10, first.get().symbols().size());
      var e = assertThrows(ExecutionException.class, second::get);
      assertTrue(e.getCause() instanceof ModelDivergedException, e::toString);
    }
    rows.diverged = -1;
    assertEquals(0, engine.active());
    assertEquals(10, generation.generate(request(10)).symbols().size());
  }

  @Test
  void deviceFault_failsAllTexts_andAllLaterOnes() throws Exception {
    rows.needsPermits = true;
    DeviceException fault = new DeviceException("The device is lost.");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<GeneratedText>> texts =
          IntStream.range(0, 100)
              .mapToObj(_ -> threads.submit(() -> generation.generate(request(10))))
              .toList();
      Thread.sleep(50);
      rows.fault = Optional.of(fault);
      rows.permits.release(1000);
      for (Future<GeneratedText> text : texts) {
        var e = assertThrows(ExecutionException.class, text::get);
        assertEquals(DeviceException.class, e.getCause().getClass());
        assertEquals(fault.getMessage(), e.getCause().getMessage());
      }
    }
    rows.fault = Optional.empty();
    var e = assertThrows(DeviceException.class, () -> generation.generate(request(10)));
    assertSame(fault, e.getCause());
    assertNotSame(fault, e, "each thread gets an exception with its own trace");
  }

  @Test
  void otherFault_failsTheTextsOfTheBatch_andNoLaterOnes() {
    rows.fault = Optional.of(new IllegalArgumentException("a fault of a plugin"));
    assertThrows(IllegalArgumentException.class, () -> generation.generate(request(10)));
    rows.fault = Optional.empty();
    assertEquals(10, generation.generate(request(10)).symbols().size());
  }

  @Test
  void work_thatFails_harmsNoOther() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<GeneratedText> text = threads.submit(() -> generation.generate(request(3000)));
      for (int i = 0; i < 10; i++) {
        assertThrows(
            ArithmeticException.class,
            () ->
                engine.call(() -> {
                  throw new ArithmeticException("of a work");
                }));
      }
      assertEquals(3000, text.get().symbols().size());
    }
  }

  // ---- the thread

  @Test
  void thread_startsAndEndsOnDemand() {
    for (int i = 0; i < 20; i++) {
      assertEquals(5, generation.generate(request(5)).symbols().size());
      Thread last = rows.threads.getLast();
      if (i % 2 == 0) {
        waitUntil(() -> !last.isAlive());
      }
    }
    assertTrue(rows.threads.stream().distinct().count() >= 10);
  }

  /** Requests that come in the moment in which the thread ends are not lost. */
  @Test
  void thread_thatEnds_losesNoRequest() throws Exception {
    try (Engine impatient = Engine.threaded(new FakeRows(4, 5), Duration.ofNanos(1))) {
      String expected = generation.generate(request(3)).text();
      try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
        List<Future<String>> texts =
            IntStream.range(0, 5000)
                .mapToObj(
                    _ -> threads.submit(() -> generation(impatient).generate(request(3)).text()))
                .toList();
        for (Future<String> text : texts) {
          assertEquals(expected, text.get());
        }
      }
    }
  }

  @Test
  void engine_thatIsGarbage_hasNoThread() {
    Iterator<Thread> threads =
        IntStream.range(0, 20)
            .mapToObj(_ -> {
              Recorded forgotten = new Recorded();
              generation(Engine.threaded(forgotten, Duration.ofMillis(20))).generate(request(3));
              return forgotten.threads.getFirst();
            })
            .collect(Collectors.toList())
            .iterator();
    waitUntil(() -> {
      while (threads.hasNext()) {
        Thread thread = threads.next();
        waitUntil(() -> !thread.isAlive());
      }
      return true;
    });
  }

  @Test
  void interruptedThread_beginsNoText() {
    Recorded own = new Recorded();
    Generation texts = generation(Engine.inline(own));
    List<GeneratedText> ended = new ArrayList<>();
    Thread.currentThread().interrupt();
    ended.add(texts.generate(request(3)));
    ended.add(texts.generate(request(3), _ -> {}));
    texts.generateMany(request(3), 2, ended::add);
    assertTrue(Thread.interrupted(), "the flag was cleared");
    assertEquals(0, own.steps);
    assertEquals(3, ended.size());
    for (GeneratedText text : ended) {
      assertEquals(Ending.INTERRUPTED, text.ending());
      assertEquals(List.of(), text.symbols());
    }
  }

  @Test
  void inline_computesOnTheThreadOfTheCaller() {
    Recorded own = new Recorded();
    generation(Engine.inline(own)).generate(request(3));
    assertEquals(List.of(Thread.currentThread()), own.threads.stream().distinct().toList());
  }
}

package org.charrnn.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.charrnn.text.LanguageModel;
import org.charrnn.text.generation.GenerationRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Many clients at once get the texts that they would get alone, and clients that vanish leave
 * nothing. Prints figures. System properties: {@code charrnn.load.seconds} sets how long clients
 * ask, {@code charrnn.load.vanishing} how many vanish; {@code charrnn.load.hidden}, {@code
 * charrnn.load.vocabulary}, {@code charrnn.load.accelerator} and {@code charrnn.load.threads} set
 * the model.
 */
class LoadTest {

  private static final int CLIENTS = 64;
  private static final int REQUESTS = 100;
  private static final int MAX_LENGTH = 400;
  private static final int IDLE = 200;
  private static final double ROUND = 10; // seconds, at most
  private static final double SECONDS = Integer.getInteger("charrnn.load.seconds", 4);
  private static final int VANISHING = Integer.getInteger("charrnn.load.vanishing", 300);
  private static final String ACCELERATOR = System.getProperty("charrnn.load.accelerator", "java");
  private static final int THREADS =
      Integer.getInteger("charrnn.load.threads", Runtime.getRuntime().availableProcessors());

  private ServedTinyModel served;
  private int port;

  /** A request and the text that the model gives to it alone. */
  private record Known(String body, String text) {}

  @BeforeEach
  void start() {
    served =
        ServedTinyModel.start(
            Integer.getInteger("charrnn.load.hidden", 16),
            text(Integer.getInteger("charrnn.load.vocabulary", 60)),
            ACCELERATOR,
            THREADS);
    port = URI.create(served.address()).getPort();
  }

  @AfterEach
  void stop() {
    served.close();
  }

  private static String text(int vocabulary) {
    Random random = new Random(1);
    StringBuilder text = new StringBuilder();
    IntStream.range(0, vocabulary).forEach(i -> text.appendCodePoint(0x4E00 + i));
    for (int i = 0; i < 4000; i++) {
      text.appendCodePoint(0x4E00 + random.nextInt(1 + random.nextInt(vocabulary)));
    }
    return text.append('\n').toString();
  }

  private List<Known> requests() {
    Random random = new Random(2);
    List<Known> requests = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      String prompt =
          new String(Character.toChars(0x4E00 + random.nextInt(20))).repeat(1 + random.nextInt(8));
      int length = 1 + random.nextInt(MAX_LENGTH);
      double temperature = random.nextInt(3) / 2.0;
      String body =
          String.format(
              Locale.ROOT,
              "{\"prompt\": \"%s\", \"max_tokens\": %d, \"seed\": %d, \"temperature\": %s,"
                  + " \"stream\": true}",
              prompt,
              length,
              i,
              temperature);
      String whole =
          served.model().generate(GenerationRequest.sampled(prompt, length, temperature, i));
      requests.add(new Known(body, whole.substring(prompt.length())));
    }
    return requests;
  }

  // ---- clients that stay

  @Test
  void clientsAtOnce_getTheTextsThatTheyGetAlone() throws Exception {
    List<Known> requests = requests();
    Figures figures = new Figures();
    List<Double> ratios = new ArrayList<>();
    Memory before;
    Memory after;
    try (OfflineSpeed steps = new OfflineSpeed(served.model(), CLIENTS, ACCELERATOR, THREADS)) {
      int rounds = (int) Math.ceil(SECONDS / ROUND);
      double seconds = SECONDS / rounds;
      steps.measure(seconds / 4); // warms up
      ask(requests, Math.min(2, seconds / 2), new Figures());
      before = Memory.now();
      for (int i = 0; i < rounds; i++) {
        double stepsBefore = steps.measure(seconds / 8);
        double speed = ask(requests, seconds, figures);
        double alone = (stepsBefore + steps.measure(seconds / 8)) / 2;
        ratios.add(speed / alone);
      }
      after = Memory.now();
    }
    System.out.printf(
        Locale.ROOT,
        "%d clients, %.0f s: %,d completions, %d errors, all texts equal to the offline ones: %s%n",
        CLIENTS,
        SECONDS,
        figures.completions.get(),
        figures.errors.size(),
        figures.errors.isEmpty());
    ratios.sort(null);
    System.out.printf(
        Locale.ROOT,
        "%,.0f characters per second; relative to steps alone (as 'bench --generate', batch %d),"
            + " measured in turn: %.3f (median of %d; %.3f to %.3f)%n",
        figures.characters.get() / SECONDS,
        CLIENTS,
        ratios.get(ratios.size() / 2),
        ratios.size(),
        ratios.getFirst(),
        ratios.getLast());
    System.out.printf(
        Locale.ROOT,
        "rows in a step: %.1f (mean), prompts included%n",
        (double) figures.rowSteps.get() / figures.steps.get());
    System.out.printf(
        Locale.ROOT,
        "processor time of each character: %s%n",
        ProcessorTime.perCharacter(figures.processor, figures.computed.get()));
    System.out.printf(
        Locale.ROOT,
        "time to the first character: median %.1f ms, 99 %%: %.1f ms%n",
        figures.firstMillis(0.5),
        figures.firstMillis(0.99));
    System.out.printf(Locale.ROOT, "memory before: %s; after: %s%n", before, after);
    assertEquals(List.of(), List.copyOf(figures.errors));
    assertNothingLeft();
    long heap = before.heap;
    long heapAfter = after.heap;
    assertTrue(heapAfter < heap + (32 << 20), () -> heap + " -> " + heapAfter);
  }

  private static final class Figures {
    private final AtomicInteger completions = new AtomicInteger();
    private final AtomicLong characters = new AtomicLong(); // in time
    private final AtomicLong computed = new AtomicLong(); // whenever
    private final AtomicLong steps = new AtomicLong();
    private final AtomicLong rowSteps = new AtomicLong();
    private final ConcurrentLinkedQueue<Long> first = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> errors = new ConcurrentLinkedQueue<>();
    private final Map<ProcessorTime.Use, Long> processor = new EnumMap<>(ProcessorTime.Use.class);

    double firstMillis(double share) {
      List<Long> sorted = first.stream().sorted().toList();
      return sorted.get((int) (share * (sorted.size() - 1))) / 1e6;
    }
  }

  /** Characters per second. The clients are threads of the platform, whose time can be measured. */
  private double ask(List<Known> requests, double seconds, Figures figures) throws Exception {
    long before = figures.characters.get();
    LanguageModel.Usage usage = served.model().usage();
    CyclicBarrier all = new CyclicBarrier(CLIENTS + 1);
    ProcessorTime time = new ProcessorTime();
    long end = System.nanoTime() + (long) (seconds * 1e9);
    ThreadFactory named = Thread.ofPlatform().name(ProcessorTime.CLIENT).factory();
    try (ExecutorService threads = Executors.newThreadPerTaskExecutor(named)) {
      List<Future<?>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        Random random = new Random(i + before);
        clients.add(
            threads.submit(() -> {
              try {
                return askUntil(end, requests, random, figures);
              } finally {
                all.await(); // all have ended
                all.await(); // their time was read
              }
            }));
      }
      Thread.sleep(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
      LanguageModel.Usage after = served.model().usage();
      figures.steps.addAndGet(after.steps() - usage.steps());
      figures.rowSteps.addAndGet(after.rowSteps() - usage.rowSteps());
      all.await();
      time.used().forEach((use, nanos) -> figures.processor.merge(use, nanos, Long::sum));
      all.await();
      for (Future<?> client : clients) {
        client.get();
      }
    }
    return (figures.characters.get() - before) / seconds;
  }

  private int askUntil(long end, List<Known> requests, Random random, Figures figures)
      throws IOException {
    int completions = 0;
    try (StreamingClient client = new StreamingClient(port)) {
      do {
        Known request = requests.get(random.nextInt(requests.size()));
        StreamingClient.Completion completion = client.stream(request.body, end);
        figures.characters.addAndGet(characters(completion.inTime()));
        figures.computed.addAndGet(characters(request.text));
        figures.completions.incrementAndGet();
        figures.first.add(completion.firstNanos());
        if (!completion.text().equals(request.text)) {
          figures.errors.add(request + " -> " + completion.text());
        }
        completions++;
      } while (System.nanoTime() < end);
    }
    return completions;
  }

  private static int characters(String text) {
    return text.codePointCount(0, text.length());
  }

  // ---- clients that vanish

  @Test
  void clientsThatVanish_atRandomMoments_leaveNothing() throws Exception {
    List<Known> requests = requests();
    compileAll();
    int first = Math.max(200, VANISHING / 5); // fills what is kept for the next clients
    vanish(first);
    awaitNothingLeft();
    Memory before = Memory.atRest(Integer.MAX_VALUE);
    long start = System.nanoTime();
    vanish(VANISHING);
    double seconds = (System.nanoTime() - start) / 1e9;
    awaitNothingLeft();
    Memory after = Memory.atRest(before.threads.size());
    double growth = (double) (after.heap - before.heap) / VANISHING;
    System.out.printf(
        Locale.ROOT,
        "%,d clients vanished within %.1f s, after %,d others; requests, rows and texts left: 0;"
            + " memory before: %s; after: %s: %.0f bytes for each client%n",
        VANISHING,
        seconds,
        first,
        before,
        after,
        growth);
    try (StreamingClient client = new StreamingClient(port)) {
      assertEquals(requests.getFirst().text, client.stream(requests.getFirst().body).text());
    }
    assertTrue(
        after.threads.size() <= before.threads.size(),
        () -> before.threads + " -> " + after.threads);
    // A request that is not freed takes more than a kilobyte. The first summand is for noise.
    assertTrue(
        after.heap - before.heap < (2 << 20) + 100L * VANISHING, () -> before + " -> " + after);
  }

  /** A program for each number of rows is compiled, and allocated, when it is first needed. */
  private void compileAll() {
    for (int rows = 1; rows <= CLIENTS; rows += Math.max(1, rows / 2)) {
      served.model().generateMany(GenerationRequest.sampled("一", 300, 1, rows), rows, _ -> {});
    }
  }

  private void vanish(int count) throws Exception {
    AtomicInteger next = new AtomicInteger();
    Callable<Integer> client =
        () -> {
          int done = 0;
          for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
            vanishOnce(new Random(i));
            done++;
          }
          return done;
        };
    int done = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> ended :
          threads.invokeAll(IntStream.range(0, CLIENTS).mapToObj(_ -> client).toList())) {
        done += ended.get();
      }
    }
    assertEquals(count, done);
  }

  /** Of streams and of whole answers; before, while and after they are sent. */
  private void vanishOnce(Random random) throws Exception {
    String body =
        String.format(
            Locale.ROOT,
            "{\"prompt\": \"一丁\", \"max_tokens\": %d, \"seed\": %d, \"stream\": %s}",
            random.nextInt(20) == 0 ? 100_000 : 1 + random.nextInt(2000),
            random.nextInt(1000),
            random.nextBoolean());
    try (StreamingClient client = new StreamingClient(port)) {
      client.send(body);
      Thread.sleep(Duration.ofNanos(random.nextInt(1 + random.nextInt(30_000_000))));
    }
  }

  // ---- what one request costs

  @Test
  void requests_takeLittleTimeAndMemory() throws Exception {
    String one = "{\"prompt\": \"一丁\", \"max_tokens\": 1, \"seed\": 1}";
    double ofOne = medianMillis(one);
    double ofMany = medianMillis(one.replace("\"max_tokens\": 1", "\"max_tokens\": 201"));
    String session =
        served
            .complete("{\"prompt\": \"一丁\", \"max_tokens\": 1, \"session\": true}")
            .at("/choices/0/session")
            .stringValue();
    long before = Memory.now().heap;
    List<StreamingClient> clients = new ArrayList<>();
    for (int i = 0; i < IDLE; i++) {
      clients.add(new StreamingClient(port));
      clients.getLast().stream(one.replace("}", ", \"stream\": true}"));
    }
    long idle = Memory.now().heap;
    String endless = "{\"prompt\": \"一丁\", \"max_tokens\": 100000, \"stream\": true}";
    for (StreamingClient client : clients.subList(0, CLIENTS)) {
      client.send(endless);
    }
    Thread.sleep(500);
    long running = Memory.now().heap;
    for (StreamingClient client : clients) {
      client.close();
    }
    awaitNothingLeft();
    System.out.printf(
        Locale.ROOT,
        "hidden size %d: a request for one symbol takes %.2f ms, each further one %.3f ms; a"
            + " session is %,d bytes of text; memory: %.1f kB for an idle connection (with its"
            + " client), %.1f kB for a running stream%n",
        served.model().config().model().hiddenSize(),
        ofOne,
        (ofMany - ofOne) / 200,
        session.length(),
        (idle - before) / 1e3 / IDLE,
        (running - idle) / 1e3 / CLIENTS);
    assertTrue(idle - before < IDLE * 500_000L, () -> before + " -> " + idle);
    assertTrue(running - idle < CLIENTS * 2_000_000L, () -> idle + " -> " + running);
  }

  private double medianMillis(String body) throws IOException, InterruptedException {
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      long start = System.nanoTime();
      served.complete(body);
      times.add(System.nanoTime() - start);
    }
    return times.subList(50, 100).stream().sorted().toList().get(25) / 1e6;
  }

  // ---- what is left

  private void awaitNothingLeft() throws Exception {
    long start = System.nanoTime();
    while (!left().equals("0 running, 0 waiting, 0 rows")) {
      assertTrue(System.nanoTime() - start < Duration.ofSeconds(60).toNanos(), this::left);
      Thread.sleep(20);
    }
    assertNothingLeft();
  }

  private void assertNothingLeft() {
    assertEquals("0 running, 0 waiting, 0 rows", left());
  }

  private String left() {
    return String.format(
        Locale.ROOT,
        "%s running, %s waiting, %s rows",
        metric("charrnn_requests_running"),
        metric("charrnn_queue_length"),
        metric("charrnn_batch_rows{model=\"tiny\"}"));
  }

  private String metric(String name) {
    try {
      return served
          .get("metrics")
          .body()
          .lines()
          .filter(line -> line.startsWith(name + " "))
          .map(line -> line.substring(name.length() + 1).replaceAll("\\.0$", ""))
          .findFirst()
          .orElseThrow();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The memory that is used.
   *
   * @param heap bytes after a collection
   * @param resident bytes of the process
   * @param threads the names of those of the platform, without those on which the JDK runs virtual
   *     threads: their number is bounded, and each ends when it had no work for half a minute
   */
  private record Memory(long heap, long resident, List<String> threads) {

    /** When threads without work have ended; those of models do after a second. */
    static Memory atRest(int mostThreads) throws IOException, InterruptedException {
      Thread.sleep(1500);
      for (int i = 0; i < 400 && ownThreads().size() > mostThreads; i++) {
        Thread.sleep(100);
      }
      return now();
    }

    private static List<String> ownThreads() {
      return Thread.getAllStackTraces().keySet().stream()
          .filter(thread -> !thread.getClass().getName().equals("jdk.internal.misc.CarrierThread"))
          .map(Thread::getName)
          .sorted()
          .toList();
    }

    static Memory now() throws IOException {
      System.gc();
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      return new Memory(
          runtime.totalMemory() - runtime.freeMemory(), residentBytes(), ownThreads());
    }

    private static long residentBytes() throws IOException {
      Path status = Path.of("/proc/self/status");
      return Files.exists(status)
          ? Files.readAllLines(status).stream()
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")) << 10)
              .findFirst()
              .orElse(0)
          : 0;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "heap %.1f MB, process %.1f MB, %d threads",
          heap / 1e6,
          resident / 1e6,
          threads.size());
    }
  }
}

package org.charrnn.testkit.fuzz;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.charrnn.api.SeededRandom;
import org.jspecify.annotations.Nullable;

/**
 * Runs a target on many inputs. None may take more than a second, or allocate more than 64 MiB and
 * three times the size of the input. Inputs depend on their index and the seed alone.
 *
 * <p>System properties: {@value #COUNT} is the number of inputs of all kinds together, {@value
 * #SEED} another seed, {@value #FIRST} the first index.
 *
 * @param name the kind of input, for messages
 * @param folder an empty folder for the inputs
 * @param targets makes the target of each thread
 */
public record Fuzzer(String name, Path folder, Supplier<FuzzTarget> targets) {

  static final String COUNT = "charrnn.fuzz";
  static final String SEED = "charrnn.fuzz.seed";
  static final String FIRST = "charrnn.fuzz.first";

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int WORKERS = Math.min(2, Runtime.getRuntime().availableProcessors());
  private static final long MAX_BYTES = 64L << 20;
  private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long NANOS_BETWEEN_LINES = TimeUnit.SECONDS.toNanos(30);

  /**
   * The figures of a run.
   *
   * @param executions the number of inputs
   * @param refused how many were refused
   * @param seconds the time
   * @param maxBytes the largest number of bytes that one allocated
   * @param maxMillis the longest time of one, of its thread
   */
  public record Figures(
      long executions, long refused, double seconds, long maxBytes, long maxMillis) {

    Figures with(Figures other) {
      return new Figures(
          executions + other.executions,
          refused + other.refused,
          Math.max(seconds, other.seconds),
          Math.max(maxBytes, other.maxBytes),
          Math.max(maxMillis, other.maxMillis));
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%d inputs, %d refused, %.0f per second, at most %d KiB and %d ms each",
          executions,
          refused,
          executions / seconds,
          maxBytes >> 10,
          maxMillis);
    }
  }

  /**
   * Runs the target.
   *
   * @param usual the number of inputs in a build
   * @param percent the share of the inputs if another number is requested
   * @throws AssertionError if an input was not handled as it should be; the message names it
   */
  public Figures run(long usual, int percent) {
    @Nullable Long requested = Long.getLong(COUNT);
    long count = requested == null ? usual : requested * percent / 100;
    AtomicBoolean failed = new AtomicBoolean();
    List<Future<Figures>> parts = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(WORKERS)) {
      for (int worker = 0; worker < WORKERS; worker++) {
        Path own = Files.createDirectories(folder.resolve("worker" + worker));
        int first = worker;
        parts.add(pool.submit(() -> work(own, first, count, failed)));
      }
      Figures all = parts.getFirst().get();
      for (Future<Figures> part : parts.subList(1, parts.size())) {
        all = all.with(part.get());
      }
      System.out.println(name + ": " + all);
      return all;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof AssertionError failure ? failure : new AssertionError(e);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Figures work(Path own, int worker, long count, AtomicBoolean failed) throws IOException {
    FuzzTarget target = targets.get();
    long start = System.nanoTime();
    long line = start;
    Figures figures = new Figures(0, 0, 1e-9, 0, 0);
    long first = Long.getLong(FIRST, 0);
    for (long i = worker; i < count && !failed.get(); i += WORKERS) {
      try {
        figures = figures.with(execute(target, own, first + i));
      } catch (AssertionError e) {
        failed.set(true);
        throw e;
      }
      long now = System.nanoTime();
      if (now - line > NANOS_BETWEEN_LINES) {
        line = now;
        System.out.println(
            name + ", " + i + " of " + count + ", thread " + worker + ": " + figures);
      }
      figures = figures.with(new Figures(0, 0, (now - start) / 1e9, 0, 0));
    }
    return figures;
  }

  private Figures execute(FuzzTarget target, Path own, long index) throws IOException {
    long size = target.prepare(own, index, new SeededRandom(Long.getLong(SEED, 1)).split(index));
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    long nanos = THREADS.getCurrentThreadCpuTime();
    boolean refused = false;
    try {
      target.use(own, index);
    } catch (Exception e) {
      if (!target.isDocumented(e)) {
        throw failure(own, index, "an undocumented exception: " + e, e);
      }
      refused = true;
    } catch (Error e) {
      throw failure(own, index, "an error: " + e, e);
    }
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - bytes;
    long taken = THREADS.getCurrentThreadCpuTime() - nanos;
    if (allocated > MAX_BYTES + 3 * size) {
      throw failure(own, index, allocated + " bytes for an input of " + size, null);
    }
    if (taken > MAX_NANOS) {
      throw failure(own, index, TimeUnit.NANOSECONDS.toMillis(taken) + " ms", null);
    }
    return new Figures(1, refused ? 1 : 0, 1e-9, allocated, TimeUnit.NANOSECONDS.toMillis(taken));
  }

  /** Keeps the input. */
  private AssertionError failure(Path own, long index, String problem, @Nullable Throwable cause)
      throws IOException {
    Path kept = Path.of("target", "fuzz", name + "-" + index);
    try (Stream<Path> files = Files.walk(own)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = kept.resolve(own.relativize(file).toString());
        Files.createDirectories(copy.resolveSibling("."));
        Files.write(copy, Files.readAllBytes(file));
      }
    }
    return new AssertionError(
        String.format(
            Locale.ROOT,
            "%s, input %s of seed %s, kept in %s: %s",
            name,
            Long.toString(index),
            Long.toString(Long.getLong(SEED, 1)),
            kept.toAbsolutePath(),
            problem),
        cause);
  }
}

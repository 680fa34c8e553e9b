package org.charrnn.accel.java;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.charrnn.api.Accelerator;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.Availability;
import org.charrnn.api.Executable;
import org.charrnn.api.Memory;
import org.charrnn.api.Session;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;
import org.charrnn.graph.compile.Compiler;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sessions and the threads of the program that uses them. */
@Timeout(60)
class SessionThreadsTest {

  /** Large enough to be split among threads. */
  private static final int SIZE = 128;

  static List<Accelerator> accelerators() {
    return List.of(new JavaAccelerator(), new VectorAccelerator());
  }

  @ParameterizedTest
  @MethodSource("accelerators")
  void close_whileAnotherThreadRunsPrograms_thatThreadEndsWithTheReason(Accelerator accelerator)
      throws Exception {
    assumeTrue(accelerator.availability() instanceof Availability.Available);
    for (int i = 0; i < 20; i++) {
      Session session = open(accelerator, 3);
      Executable square = square(session);
      CountDownLatch running = new CountDownLatch(1);
      AtomicReference<Throwable> end = new AtomicReference<>();
      Thread computing =
          Thread.ofPlatform()
              .uncaughtExceptionHandler((_, e) -> end.set(e))
              .start(() -> {
                while (true) {
                  square.run();
                  running.countDown();
                }
              });
      running.await();
      session.close();
      assertTrue(computing.join(Duration.ofSeconds(20)), "the computing thread hangs");
      IllegalStateException thrown = assertInstanceOf(IllegalStateException.class, end.get());
      assertTrue(thrown.getMessage().contains("session was closed"), thrown.getMessage());
    }
  }

  /** Loops over programs in as many virtual threads as there are carrier threads. */
  @Test
  void run_inVirtualThreads_otherVirtualThreadsRunToo() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    List<Thread> busy = new ArrayList<>();
    int carriers = Runtime.getRuntime().availableProcessors();
    CountDownLatch running = new CountDownLatch(carriers);
    for (int i = 0; i < carriers; i++) {
      busy.add(
          Thread.ofVirtual()
              .start(() -> {
                try (Session session = open(new JavaAccelerator(), 1)) {
                  Executable square = square(session);
                  while (!stop.get()) {
                    square.run();
                    running.countDown();
                  }
                }
              }));
    }
    running.await();
    Thread other = Thread.ofVirtual().start(() -> {});
    boolean ended = other.join(Duration.ofSeconds(20));
    stop.set(true);
    for (Thread thread : busy) {
      thread.join();
    }
    assertTrue(ended, "another virtual thread never ran");
  }

  private static Session open(Accelerator accelerator, int threads) {
    return accelerator.open(new AcceleratorOptions(threads, Optional.empty()));
  }

  private static Executable square(Session session) {
    Graph graph = new Graph();
    Tensor x = graph.input("x", Type.F32, Shape.of(SIZE, SIZE));
    graph.output("y", x.matmul(x));
    Program program = Compiler.compile(graph, "square");
    Map<String, Memory> memory = new HashMap<>();
    for (Buffer buffer : program.externals()) {
      memory.put(buffer.name(), session.allocate(buffer.type(), buffer.shape()));
    }
    return session.compile(program, memory);
  }
}

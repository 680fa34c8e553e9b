package org.charrnn.accel.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

  @ParameterizedTest
  @MethodSource("accelerators")
  void forEach_usesTheThreadsOfTheSession(Accelerator accelerator) {
    assumeTrue(accelerator.availability() instanceof Availability.Available);
    for (int threads = 1; threads <= 3; threads++) {
      try (Session session = open(accelerator, threads)) {
        Set<Thread> used = ConcurrentHashMap.newKeySet();
        CountDownLatch meet = new CountDownLatch(threads); // each part waits for the others
        session.forEach(
            threads,
            _ -> {
              used.add(Thread.currentThread());
              meet.countDown();
              await(meet);
            });
        assertEquals(threads, used.size());
        assertTrue(used.contains(Thread.currentThread()));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("accelerators")
  void forEach_partThatFailsInAnyThread_endsTheCallWithItsException(Accelerator accelerator) {
    assumeTrue(accelerator.availability() instanceof Availability.Available);
    try (Session session = open(accelerator, 3)) {
      for (int i = 0; i < 200; i++) {
        int failing = i % 8;
        Error fault = new AssertionError("of a part");
        assertSame(
            fault,
            assertThrows(
                AssertionError.class,
                () ->
                    session.forEach(
                        8,
                        part -> {
                          if (part == failing) {
                            throw fault;
                          }
                        })));
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(20, TimeUnit.SECONDS), "the other threads do nothing");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
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

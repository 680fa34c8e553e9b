package org.charrnn.accel.java.team;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkerTeamTest {

  private static final Duration SHORT = Duration.ofMillis(20);
  private static final Duration LONG = Duration.ofMinutes(10);

  @Test
  void run_split_eachPartOnce() {
    try (WorkerTeam team = new WorkerTeam(3)) {
      for (int i = 0; i < 1000; i++) {
        AtomicIntegerArray parts = new AtomicIntegerArray(team.size());
        team.run(
            (worker, workers) -> {
              assertEquals(3, workers);
              parts.incrementAndGet(worker);
            },
            true);
        assertEquals("[1, 1, 1]", parts.toString());
      }
    }
  }

  @Test
  void run_notSplit_onePartInThisThread() {
    try (WorkerTeam team = new WorkerTeam(3)) {
      AtomicReference<Thread> thread = new AtomicReference<>();
      team.run(
          (worker, workers) -> {
            assertEquals(0, worker);
            assertEquals(1, workers);
            thread.set(Thread.currentThread());
          },
          false);
      assertSame(Thread.currentThread(), thread.get());
    }
  }

  @Test
  void run_helperFails_throwsItsExceptionAndWorksAgain() {
    try (WorkerTeam team = new WorkerTeam(2)) {
      ArithmeticException failure = new ArithmeticException("part 1");
      Work failing =
          (worker, _) -> {
            if (worker == 1) {
              throw failure;
            }
          };
      IllegalStateException thrown =
          assertThrows(IllegalStateException.class, () -> team.run(failing, true));
      assertSame(failure, thrown.getCause());
      assertEquals(2, partsOf(team));
    }
  }

  @Test
  void run_callerFails_waitsForTheHelpers() {
    try (WorkerTeam team = new WorkerTeam(2)) {
      AtomicBoolean helperIsDone = new AtomicBoolean();
      Work failing =
          (worker, _) -> {
            if (worker == 0) {
              throw new ArithmeticException("part 0");
            }
            LockSupport.parkNanos(SHORT.toNanos());
            helperIsDone.set(true);
          };
      assertThrows(ArithmeticException.class, () -> team.run(failing, true));
      assertTrue(helperIsDone.get());
    }
  }

  @Test
  void run_callerWasInterrupted_completesAndStaysInterrupted() {
    try (WorkerTeam team = new WorkerTeam(2)) {
      Thread.currentThread().interrupt();
      assertEquals(2, partsOf(team));
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void run_closedTeam_throws() {
    WorkerTeam team = new WorkerTeam(2);
    team.close();
    IllegalStateException thrown = assertThrows(IllegalStateException.class, () -> partsOf(team));
    assertTrue(thrown.getMessage().contains("closed"), thrown.getMessage());
  }

  /** Whenever the other thread closes the team, the computing one completes its work or throws. */
  @Test
  void close_whileAnotherThreadRunsWork_releasesIt() throws Exception {
    for (int i = 0; i < 200; i++) {
      WorkerTeam team = new WorkerTeam(3);
      CountDownLatch running = new CountDownLatch(1);
      AtomicReference<Throwable> end = new AtomicReference<>();
      Thread computing =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  while (true) {
                    assertEquals(3, partsOf(team));
                    running.countDown();
                  }
                } catch (IllegalStateException | AssertionError e) {
                  end.set(e);
                }
              });
      running.await();
      team.close();
      assertTrue(computing.join(Duration.ofSeconds(20)), "the computing thread hangs");
      assertEquals(IllegalStateException.class, end.get().getClass(), () -> "" + end.get());
    }
  }

  @Test
  void close_whileHelperWorks_workIsCompleted() {
    WorkerTeam team = new WorkerTeam(2);
    AtomicInteger parts = new AtomicInteger();
    team.run(
        (worker, _) -> {
          if (worker == 0) {
            team.close();
          }
          parts.incrementAndGet();
        },
        true);
    assertEquals(2, parts.get());
  }

  @Test
  void helperThreads_startWithTheFirstSplit() {
    try (WorkerTeam team = new WorkerTeam(2, new HelperThreads(LONG))) {
      Set<Thread> before = Thread.getAllStackTraces().keySet();
      team.run((_, _) -> {}, false);
      assertEquals(0, startedSince(before));
      assertEquals(2, partsOf(team));
      assertEquals(1, startedSince(before));
    }
  }

  @Test
  void helperThreads_idle_endAndStartAgain() throws Exception {
    try (WorkerTeam team = new WorkerTeam(3, new HelperThreads(SHORT))) {
      for (int i = 0; i < 20; i++) {
        List<Thread> helpers = helpersOf(team);
        assertEquals(2, helpers.size());
        for (Thread helper : helpers) {
          assertTrue(helper.join(Duration.ofSeconds(20)), "an idle thread does not end");
        }
      }
    }
  }

  /** Work is given at the very time at which threads end. */
  @Test
  void helperThreads_workArrivesWhenTheyEnd_workIsDone() throws Exception {
    try (WorkerTeam team = new WorkerTeam(2, new HelperThreads(Duration.ofNanos(100_000)))) {
      for (int i = 0; i < 2000; i++) {
        assertEquals(2, partsOf(team));
        long start = System.nanoTime();
        while (System.nanoTime() - start < 90_000 + i * 20) {
          Thread.onSpinWait();
        }
      }
    }
  }

  /** Helpers spin for a fraction of a millisecond and then park. */
  @Test
  void helperThreads_withoutWork_useNoProcessor() throws Exception {
    try (WorkerTeam team = new WorkerTeam(9, new HelperThreads(LONG))) {
      List<Thread> helpers = helpersOf(team);
      Thread.sleep(100);
      long before = processorNanos(helpers);
      Thread.sleep(300);
      long used = processorNanos(helpers) - before;
      assertEquals(8, helpers.size());
      assertTrue(before > 0, "the time of the helpers is not measured");
      assertTrue(used < Duration.ofMillis(20).toNanos(), "idle helpers used " + used + " ns");
    }
  }

  /** However many teams compute at once, there is one helper thread for each worker number. */
  @Test
  void helperThreads_areSharedByTeamsThatComputeAtOnce() throws Exception {
    HelperThreads shared = new HelperThreads(LONG);
    Set<Thread> helpers = ConcurrentHashMap.newKeySet();
    List<Callable<Integer>> users = new ArrayList<>();
    for (int user = 0; user < 8; user++) {
      users.add(() -> useAtOnce(new WorkerTeam(3, shared), helpers));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(users.size())) {
      for (Future<Integer> user : threads.invokeAll(users)) {
        assertEquals(6000, user.get());
      }
    }
    assertTrue(helpers.size() <= 2, () -> "helpers: " + helpers);
    new WorkerTeam(3, shared).close();
    for (Thread helper : helpers) {
      assertTrue(helper.join(Duration.ofSeconds(20)), "a helper thread does not end");
    }
  }

  private static int useAtOnce(WorkerTeam team, Set<Thread> helpers) {
    Thread own = Thread.currentThread();
    AtomicInteger parts = new AtomicInteger();
    for (int i = 0; i < 2000; i++) {
      AtomicIntegerArray once = new AtomicIntegerArray(3);
      team.run(
          (worker, _) -> {
            parts.incrementAndGet();
            once.incrementAndGet(worker);
            if (Thread.currentThread() != own) {
              helpers.add(Thread.currentThread());
            }
          },
          true);
      assertEquals("[1, 1, 1]", once.toString());
    }
    return parts.get();
  }

  @Test
  void run_helperIsBusyWithAnotherTeam_callerDoesItsPart() throws Exception {
    HelperThreads shared = new HelperThreads(LONG);
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    try (WorkerTeam first = new WorkerTeam(2, shared);
        WorkerTeam second = new WorkerTeam(2, shared)) {
      Thread computing =
          Thread.ofPlatform()
              .start(() ->
                  first.run(
                      (worker, _) -> {
                        if (worker == 1) {
                          busy.countDown();
                          await(release);
                        }
                      },
                      true));
      busy.await();
      assertEquals(List.of(), helpersOf(second));
      assertEquals(2, partsOf(second));
      release.countDown();
      computing.join();
      assertEquals(1, helpersOf(second).size());
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long processorNanos(List<Thread> threads) {
    ThreadMXBean bean = ManagementFactory.getThreadMXBean();
    return threads.stream().mapToLong(thread -> bean.getThreadCpuTime(thread.threadId())).sum();
  }

  @Test
  void close_endsIdleThreads() throws Exception {
    WorkerTeam team = new WorkerTeam(3, new HelperThreads(LONG));
    List<Thread> helpers = helpersOf(team);
    team.close();
    for (Thread helper : helpers) {
      assertTrue(helper.join(Duration.ofSeconds(20)), "a thread of a closed team does not end");
    }
  }

  /** A parked thread must not keep a forgotten session, its memory and its programs alive. */
  @Test
  void helperThreads_parked_doNotReferToTheTeamOrItsWork() throws Exception {
    Forgotten forgotten = forget();
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          while (forgotten.team().get() != null || forgotten.work().get() != null) {
            System.gc();
            Thread.sleep(10);
          }
        });
    assertNull(forgotten.work().get());
    assertTrue(forgotten.helper().isAlive());
  }

  private record Forgotten(
      WeakReference<WorkerTeam> team, WeakReference<Work> work, Thread helper) {}

  private static Forgotten forget() {
    WorkerTeam team = new WorkerTeam(2, new HelperThreads(Duration.ofSeconds(40)));
    Thread[] threads = new Thread[2];
    Work work = (worker, _) -> threads[worker] = Thread.currentThread();
    team.run(work, true);
    return new Forgotten(new WeakReference<>(team), new WeakReference<>(work), threads[1]);
  }

  private static int partsOf(WorkerTeam team) {
    AtomicInteger parts = new AtomicInteger();
    team.run((_, _) -> parts.incrementAndGet(), true);
    return parts.get();
  }

  private static List<Thread> helpersOf(WorkerTeam team) {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    team.run((_, _) -> threads.add(Thread.currentThread()), true);
    threads.remove(Thread.currentThread());
    return List.copyOf(threads);
  }

  private static long startedSince(Set<Thread> before) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread))
        .filter(thread -> thread.getName().startsWith("charrnn-worker-"))
        .count();
  }
}

package org.charrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The classes that a command has loaded beforehand. */
class PreloadingTest {

  private static final String THREAD = "charrnn-preloading";

  private static long loading() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(THREAD))
        .count();
  }

  @Test
  void generate_loads_untilItIsAwaited() {
    Preloading preloading = Preloading.of(List.of("generate", "essays.ckpt"));
    assertEquals(Runtime.getRuntime().availableProcessors() > 1, preloading.isStarted());
    preloading.await();
    assertEquals(0, loading());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "train essays.txt", "generate --help", "help generate"})
  void otherCommands_andHelp_loadNothing(String command) {
    List<String> args = List.of(command.split(" "));
    Preloading preloading = Preloading.of(command.isEmpty() ? List.of() : args);
    assertFalse(preloading.isStarted());
    preloading.await();
  }

  @Test
  void await_inAnInterruptedThread_leavesItInterrupted() {
    Preloading preloading = Preloading.of(List.of("generate", "essays.ckpt"));
    Thread.currentThread().interrupt();
    preloading.await();
    assertTrue(Thread.interrupted() || !preloading.isStarted());
    preloading.await();
  }
}

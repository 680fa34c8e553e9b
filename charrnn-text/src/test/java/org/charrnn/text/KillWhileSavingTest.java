package org.charrnn.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.snapshot.Snapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process again and again while it saves: the newest complete checkpoint always loads, and
 * training resumes from it. {@code -Dcharrnn.kills=100} kills a hundred times.
 */
class KillWhileSavingTest {

  /** So large that saving takes most of the time. */
  static final TrainingConfig CONFIG =
      TestRuns.config().toBuilder()
          .model(it -> it.layers(1).hiddenSize(150))
          .windows(it -> it.seqLength(2).batchSize(1))
          .build();

  private static final int KILLS = Integer.getInteger("charrnn.kills", 10);

  @TempDir Path folder;
  @TempDir Path logs;

  @Test
  void kill_newestCheckpointLoadsAndTrainsOn(TestReporter reporter) throws Exception {
    Path file = folder.resolve("model.ckpt");
    long known = 0;
    int inTheMiddle = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      long seen = runAndKill(file, kill);
      Snapshot checkpoint = Snapshot.read(file);
      long step = checkpoint.training().orElseThrow().progress().step();
      assertTrue(seen > known, "the process resumed from step " + known + " and came to " + seen);
      assertTrue(step >= seen, "step " + seen + " was saved, the file holds " + step);
      known = step;
      inTheMiddle += files().size() > 1 ? 1 : 0;
    }
    try (Trainer trainer = TestRuns.charRnn().resume(file, TestRuns.CORPUS)) {
      trainer.step();
      trainer.save(file);
    }
    assertEquals(known + 1, Snapshot.read(file).training().orElseThrow().progress().step());
    assertEquals(List.of(file), files(), "what killed processes left behind is removed");
    reporter.publishEntry("killed in the middle of a file", inTheMiddle + " of " + KILLS);
  }

  /** Returns the last step that is known to have been saved. */
  private long runAndKill(Path file, int kill) throws IOException, InterruptedException {
    Path told = logs.resolve("steps" + kill);
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                SavingChild.class.getName(),
                file.toString())
            .redirectOutput(told.toFile())
            .redirectError(Redirect.INHERIT)
            .start();
    try {
      while (completeLines(told).isEmpty()) {
        assertTrue(child.isAlive(), "the process ended before it saved anything");
        Thread.sleep(5);
      }
      Thread.sleep(kill * 7L % 40);
    } finally {
      child.destroyForcibly().waitFor();
    }
    return Long.parseLong(completeLines(told).getLast());
  }

  private static List<String> completeLines(Path file) throws IOException {
    String text = Files.readString(file, UTF_8);
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }

  private List<Path> files() {
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

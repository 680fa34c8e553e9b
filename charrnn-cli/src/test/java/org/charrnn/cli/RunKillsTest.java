package org.charrnn.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.charrnn.api.SeededRandom;
import org.charrnn.cli.Shell.Outcome;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.snapshot.Snapshot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a training again and again, at any time, and resumes it: at its end the checkpoint, the
 * best model, the metrics and the samples are those of a training that was never killed. {@code
 * -Dcharrnn.kills=300} kills three hundred times.
 */
class RunKillsTest {

  private static final int KILLS = Integer.getInteger("charrnn.kills", 3);
  private static final int KILLS_PER_TRAINING = 20;

  private static final Object[] OPTIONS = {
    "--epochs", 1000, "--save-every-steps", 5, "--validate-every-steps", 8, "--patience", "none"
  };

  @TempDir private Path directory;

  private final SeededRandom random = new SeededRandom(Long.getLong("charrnn.kills.seed", 1));

  @BeforeEach
  void writeText() throws IOException {
    Training.in(directory);
  }

  @Test
  void kill_andResume_leavesTheFilesOfAnUndisturbedRun(TestReporter reporter) throws Exception {
    int inAWrite = 0;
    for (int kills = 0; kills < KILLS; ) {
      int here = Math.min(KILLS_PER_TRAINING, KILLS - kills);
      long step = 0;
      for (int kill = 0; kill < here; kill++) {
        step = runAndKill(step);
        inAWrite += hasTemporaryFiles() ? 1 : 0;
      }
      kills += here;
      compareWithUndisturbed(step + 7);
    }
    reporter.publishEntry("killed while a file was written", inAWrite + " of " + KILLS);
  }

  /** Returns the step that the checkpoint holds after the kill. */
  private long runAndKill(long before) throws Exception {
    ChildProcess child =
        new ChildProcess.Starter(directory).start(train("a.ckpt", "--max-steps", 1_000_000));
    try {
      if (random.nextInt(4) > 0) { // otherwise at any time, also before training begins
        child.awaitError("saved a.ckpt at step");
        TimeUnit.MILLISECONDS.sleep(random.nextInt(120));
      } else {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(1500));
      }
    } finally {
      child.kill();
    }
    long after = step();
    assertTrue(after >= before, () -> "step " + before + " was saved, the file holds " + after);
    return after;
  }

  private long step() {
    Path file = directory.resolve("a.ckpt");
    return Files.exists(file)
        ? Snapshot.origin(file).flatMap(SavedModel.Origin::asRun).orElseThrow().step()
        : 0;
  }

  private boolean hasTemporaryFiles() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.anyMatch(file -> file.toString().endsWith(".tmp"));
    }
  }

  private Object[] train(String out, Object... more) {
    Object[] first = {"train", "text.txt", "--out", out};
    Object[] resume =
        Files.exists(directory.resolve(out)) ? new Object[] {"--resume"} : new Object[0];
    return Stream.of(first, Texts.SMALL, OPTIONS, more, resume).flatMap(Stream::of).toArray();
  }

  private void compareWithUndisturbed(long maxSteps) throws Exception {
    Outcome ended = ChildProcess.run(directory, train("a.ckpt", "--max-steps", maxSteps));
    assertEquals(0, ended.exitCode(), ended::err);
    Outcome whole = ChildProcess.run(directory, train("b.ckpt", "--max-steps", maxSteps));
    assertEquals(0, whole.exitCode(), whole::err);
    for (String name : new String[] {".ckpt", ".best.ckpt"}) {
      assertArrayEquals(
          Files.readAllBytes(directory.resolve("b" + name)),
          Files.readAllBytes(directory.resolve("a" + name)),
          name);
    }
    assertEquals(records("b"), records("a"));
    removeRuns();
  }

  /** Metrics, without the speed, which is measured, and samples, by name. */
  private Map<String, String> records(String name) throws IOException {
    Path folder = directory.resolve(name + ".run");
    Map<String, String> records = new TreeMap<>();
    records.put(
        "metrics.jsonl",
        Files.readString(folder.resolve("metrics.jsonl"))
            .replaceAll(",\"chars_per_s\":[^,}]*", ""));
    try (Stream<Path> files = Files.list(folder.resolve("samples"))) {
      for (Path file : files.toList()) {
        records.put(String.valueOf(file.getFileName()), Files.readString(file));
      }
    }
    return records;
  }

  private void removeRuns() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.equals(directory) && !file.endsWith("text.txt")) {
          Files.delete(file);
        }
      }
    }
  }
}

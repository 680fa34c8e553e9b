package org.charrnn.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.charrnn.cli.Shell.Outcome;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.files.OutputLock;
import org.charrnn.text.snapshot.Snapshot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run owns its outputs, and every state that an interruption leaves is a legal start. */
class OwnershipTest {

  private static final Path RECORDED = Path.of("src/test/resources/org/charrnn/cli/run-4a5f619");
  private static final Path CHECKPOINTS =
      Path.of("../charrnn-text/src/test/resources/org/charrnn/text/golden-4a5f619");

  private static final Object[] OFTEN = {
    "--epochs", 100_000, "--save-every-steps", 5, "--patience", "none"
  };

  @TempDir private Path directory;
  private Training training;

  @BeforeEach
  void writeText() throws IOException {
    training = Training.in(directory);
  }

  // C1, C6

  @Test
  void kill_blocksNobody_andResumingLeavesTheFilesOfAnUndisturbedRun() throws Exception {
    ChildProcess endless =
        new ChildProcess.Starter(directory)
            .classPath(directory.resolve("org.charrnn.plugin.jar")) // precedes the command
            .start(train("a.ckpt", OFTEN));
    endless.awaitError("saved a.ckpt at step 20");
    Outcome second = ChildProcess.run(directory, train("a.ckpt", OFTEN, "--resume"));
    assertEquals(2, second.exitCode(), second::err);
    assertTrue(second.err().contains("another run is writing it: process "), second::err);
    assertTrue(
        second.err().contains("(org.charrnn.cli.Main train text.txt --out a.ckpt"), second::err);
    endless.kill();

    long step =
        Snapshot.origin(directory.resolve("a.ckpt"))
                .flatMap(SavedModel.Origin::asRun)
                .map(SavedModel.Origin.Run::step)
                .orElseThrow()
            + 10;
    Outcome resumed =
        ChildProcess.run(directory, train("a.ckpt", OFTEN, "--max-steps", step, "--resume"));
    assertEquals(0, resumed.exitCode(), resumed::err);
    Outcome undisturbed = ChildProcess.run(directory, train("b.ckpt", OFTEN, "--max-steps", step));
    assertEquals(0, undisturbed.exitCode(), undisturbed::err);
    assertArrayEquals(
        Files.readAllBytes(directory.resolve("b.ckpt")),
        Files.readAllBytes(directory.resolve("a.ckpt")));
    assertEquals(metrics("b.run"), metrics("a.run"));
    assertEquals(samples("b.run"), samples("a.run"));
  }

  private static Object[] train(String out, Object[] options, Object... more) {
    Object[] first = {"train", "text.txt", "--out", out};
    return Stream.of(first, Texts.SMALL, options, more).flatMap(Stream::of).toArray();
  }

  private String metrics(String folder) throws IOException {
    return Files.readString(directory.resolve(folder).resolve("metrics.jsonl"))
        .replaceAll(",\"chars_per_s\":[^,}]*", "");
  }

  private Map<String, String> samples(String folder) throws IOException {
    Map<String, String> samples = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory.resolve(folder).resolve("samples"))) {
      for (Path file : files.toList()) {
        samples.put(String.valueOf(file.getFileName()), Files.readString(file));
      }
    }
    return samples;
  }

  @Test
  void runFolder_ownedByAnotherRun_isRefused() throws IOException {
    Path folder = Files.createDirectory(directory.resolve("a.run"));
    try (OutputLock _ = OutputLock.ofDirectory(folder)) {
      Outcome refused = training.small("--max-steps", 1);
      assertEquals(2, refused.exitCode(), refused::err);
      assertTrue(refused.err().contains("another run is writing it"), refused::err);
    }
    assertEquals(0, training.small("--max-steps", 1).exitCode());
  }

  // C2

  @Test
  void resume_runFolderOfAnotherRun_isRefused() throws IOException {
    assertEquals(0, training.small("--max-steps", 3).exitCode());
    Path model = directory.resolve("b.ckpt");
    Files.copy(training.model(), model);
    Outcome refused =
        training.small(
            "--cell",
            "gru-reset-after",
            "--max-steps",
            2,
            "--force",
            "--run-folder",
            directory.resolve("b.run"));
    assertEquals(0, refused.exitCode(), refused::err);
    Outcome resumed =
        Shell.run("train", training.text(), "--out", model, "--resume", "--max-steps", 4);
    assertEquals(2, resumed.exitCode(), resumed::err);
    assertTrue(resumed.err().contains("it belongs to another run"), resumed::err);
  }

  // C5

  @ParameterizedTest
  @CsvSource({"''", ".probe1.tmp", ".run.json.tmp", ".lock", "config.json"})
  void runFolder_asAKillLeavesIt_isALegalStart(String left) throws IOException {
    Path folder = Files.createDirectory(directory.resolve("a.run"));
    if (!left.isEmpty()) {
      Files.writeString(folder.resolve(left), "{}");
    }
    Outcome started = training.small("--max-steps", 2);
    assertEquals(0, started.exitCode(), started::err);
    assertTrue(Files.exists(folder.resolve("report.html")));
  }

  @Test
  void runFolder_ofARunThatWasKilledBeforeItsFirstCheckpoint_isALegalStart() throws IOException {
    assertEquals(0, training.small("--max-steps", 2).exitCode());
    Files.delete(training.model());
    Outcome again = training.small("--max-steps", 2);
    assertEquals(0, again.exitCode(), again::err);
  }

  // C4

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "/dev/full is a device of Linux")
  void metrics_fullDisk_warnsOnce_andTheModelIsSaved() throws IOException {
    Outcome outcome = training.small("--max-steps", 5, "--metrics", "/dev/full");
    assertEquals(0, outcome.exitCode(), outcome::err);
    assertEquals(
        1,
        outcome.err().lines().filter(line -> line.contains("writing to --metrics ends")).count());
    assertTrue(Files.exists(training.model()));
  }

  // C8

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "/proc/1/mem is a file of Linux")
  void metrics_thatCannotBeWritten_areReportedWithTheReason() {
    Outcome outcome = training.small("--metrics", "/proc/a.jsonl");
    assertEquals(2, outcome.exitCode());
    assertFalse(outcome.err().contains("Cannot write /proc/a.jsonl: /proc/a.jsonl"), outcome::err);
  }

  // A7

  @Test
  void runFolders_ofNamesThatDifferInANumber_differ() throws IOException {
    for (String name : new String[] {"lr0.002", "lr0.004"}) {
      Outcome outcome =
          Shell.run(
              Stream.concat(
                      Stream.of("train", training.text(), "--out", directory.resolve(name)),
                      Stream.concat(Stream.of(Texts.SMALL), Stream.of("--max-steps", 1)))
                  .toArray());
      assertEquals(0, outcome.exitCode(), outcome::err);
      assertTrue(Files.exists(directory.resolve(name + ".run").resolve("report.html")));
    }
  }

  // what 4a5f619 wrote

  @ParameterizedTest
  @CsvSource({"gru, 25, 12", "lstm, 18, 9"})
  void resume_ofARecordedRun_continuesItsFolder(String name, int maxSteps, int startStep)
      throws IOException {
    Path model = directory.resolve(name + ".ckpt");
    Files.copy(CHECKPOINTS.resolve(name + ".ckpt"), model);
    if (name.equals("gru")) {
      Files.copy(CHECKPOINTS.resolve("gru.best.ckpt"), directory.resolve("gru.best.ckpt"));
    }
    Path folder = directory.resolve(name + ".run");
    copy(RECORDED.resolve(name + ".run"), folder);
    String before = Files.readString(folder.resolve("metrics.jsonl"));
    Outcome outcome = resume(model, maxSteps);
    assertEquals(0, outcome.exitCode(), outcome::err);
    String after = Files.readString(folder.resolve("metrics.jsonl"));
    assertTrue(after.startsWith(before));
    assertEquals(startStep, before.lines().count());
    assertEquals(maxSteps, after.lines().count());
    assertFalse(outcome.err().contains("cannot record"), outcome::err);
  }

  private static Outcome resume(Path model, int maxSteps) {
    return Shell.run(
        "train",
        CHECKPOINTS.resolve("text.txt"),
        "--out",
        model,
        "--resume",
        "--max-steps",
        maxSteps);
  }

  /** That version took any ending for an extension: gru.best.bin and gru.run beside gru.bin. */
  @Test
  void resume_ofARecordedRunWithAnotherEnding_findsItsBestModelAndFolder() throws IOException {
    Path model = directory.resolve("gru.bin");
    Path best = directory.resolve("gru.best.bin");
    Path folder = directory.resolve("gru.run");
    Files.copy(CHECKPOINTS.resolve("gru.ckpt"), model);
    Files.copy(CHECKPOINTS.resolve("gru.best.ckpt"), best);
    copy(RECORDED.resolve("gru.run"), folder);
    Path facts = folder.resolve("run.json");
    Files.writeString(facts, Files.readString(facts).replace("gru.ckpt", "gru.bin"));
    Outcome outcome = resume(model, 25);
    assertEquals(0, outcome.exitCode(), outcome::err);
    assertFalse(outcome.err().contains("is missing"), outcome::err);
    assertTrue(outcome.out().contains(best.toString()), outcome::out);
    assertEquals(25, Files.readAllLines(folder.resolve("metrics.jsonl")).size());
    assertFalse(Files.exists(directory.resolve("gru.bin.run")));
    assertFalse(Files.exists(directory.resolve("gru.bin.best")));
  }

  /** Its name is that of another checkpoint. */
  @Test
  void resume_runFolderOfAnotherCheckpoint_isNotTaken() throws IOException {
    Path model = directory.resolve("gru.dat");
    Files.copy(CHECKPOINTS.resolve("gru.ckpt"), model);
    Path folder = directory.resolve("gru.run");
    copy(RECORDED.resolve("gru.run"), folder);
    String before = Files.readString(folder.resolve("metrics.jsonl"));
    Outcome outcome = resume(model, 15);
    assertEquals(0, outcome.exitCode(), outcome::err);
    assertEquals(before, Files.readString(folder.resolve("metrics.jsonl")));
    assertTrue(Files.exists(directory.resolve("gru.dat.run").resolve("report.html")));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}

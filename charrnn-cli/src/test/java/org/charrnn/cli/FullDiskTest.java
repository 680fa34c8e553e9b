package org.charrnn.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.charrnn.cli.Shell.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writes that the operating system refuses in the middle of a file, as it does on a full disk: the
 * shell limits the size of the files of the program.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the limit is set by bash")
class FullDiskTest {

  private static final int FEWER_THAN_A_CHECKPOINT = 2;
  private static final int FEWER_THAN_A_PLOT = 24;

  @TempDir private Path directory;

  @BeforeEach
  void writeText() throws IOException {
    Training.in(directory);
  }

  private static Object[] train(String out, Object... more) {
    Object[] first = {"train", "text.txt", "--out", out};
    return Stream.of(first, Texts.SMALL, more).flatMap(Stream::of).toArray();
  }

  private Outcome limited(int kilobytes, Object... words) throws Exception {
    return new ChildProcess.Starter(directory).sizeOfFiles(kilobytes).start(words).await();
  }

  private void assertTrained(String out, Object... more) throws Exception {
    Outcome outcome = ChildProcess.run(directory, train(out, more));
    assertEquals(0, outcome.exitCode(), outcome::err);
  }

  private List<Path> unfinishedFiles() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> String.valueOf(file.getFileName()).startsWith(".")).toList();
    }
  }

  private long size(String name) throws IOException {
    return Files.size(directory.resolve(name));
  }

  // C9

  @Test
  void plotsThatDoNotFit_areReported_andTheRunIsSavedAndResumed() throws Exception {
    Outcome trained = limited(FEWER_THAN_A_PLOT, train("a.ckpt", "--max-steps", 9));
    assertEquals(0, trained.exitCode(), trained::err);
    assertTrue(trained.err().contains("File too large"), trained::err);
    assertTrue(trained.err().contains("saved a.ckpt at step 9"), trained::err);
    assertFalse(Files.exists(directory.resolve("a.run/plots/loss.png")));
    assertEquals(List.of(), unfinishedFiles());

    assertTrained("a.ckpt", "--max-steps", 15, "--resume");
    assertTrue(size("a.run/plots/loss.png") > FEWER_THAN_A_PLOT * 1024);
    assertTrained("b.ckpt", "--max-steps", 15);
    assertSameBytes("b.ckpt", "a.ckpt");
  }

  @Test
  void checkpointThatDoesNotFit_leavesTheOldOne_fromWhichTheRunIsResumed() throws Exception {
    assertTrained("a.ckpt", "--max-steps", 9, "--run-folder", "none");
    assertTrue(size("a.ckpt") > FEWER_THAN_A_CHECKPOINT * 1024);
    byte[] before = Files.readAllBytes(directory.resolve("a.ckpt"));
    Outcome failed =
        limited(
            FEWER_THAN_A_CHECKPOINT,
            train("a.ckpt", "--max-steps", 15, "--run-folder", "none", "--resume"));
    assertEquals(2, failed.exitCode(), failed::err);
    assertTrue(
        failed.err().contains(".ckpt: File too large. An existing file is unchanged."),
        failed::err);
    assertArrayEquals(before, Files.readAllBytes(directory.resolve("a.ckpt")));
    assertEquals(List.of(), unfinishedFiles());

    assertTrained("a.ckpt", "--max-steps", 15, "--run-folder", "none", "--resume");
    assertTrained("b.ckpt", "--max-steps", 15, "--run-folder", "none");
    assertSameBytes("b.ckpt", "a.ckpt");
  }

  private void assertSameBytes(String expected, String actual) throws IOException {
    assertArrayEquals(
        Files.readAllBytes(directory.resolve(expected)),
        Files.readAllBytes(directory.resolve(actual)));
  }
}

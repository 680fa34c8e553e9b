package org.charrnn.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.charrnn.cli.Shell;
import org.charrnn.cli.Shell.Outcome;
import org.charrnn.cli.Texts;
import org.charrnn.cli.record.Run;
import org.charrnn.cli.record.RunFolder;
import org.charrnn.text.CharRnn;
import org.charrnn.text.Trainer;
import org.charrnn.text.corpus.Corpus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the files of a run are written: safely, and never on the space of the next checkpoint. */
class RunFolderWriteTest {

  private static final long MORE_THAN_ANY_DISK = Long.MAX_VALUE / 2;

  @TempDir private Path directory;
  private Path run = Path.of("");

  @BeforeEach
  void train() throws IOException {
    Path text = Files.writeString(directory.resolve("text.txt"), Texts.CHOICES);
    Outcome trained =
        Shell.run(
            Stream.concat(
                    Stream.of(
                        "train", text, "--out", directory.resolve("a.ckpt"), "--max-steps", 9),
                    Stream.of(Texts.SMALL))
                .toArray());
    assertEquals(0, trained.exitCode(), trained::err);
    run = directory.resolve("a.run");
  }

  private RunFolder opened(long reservedBytes) {
    try (Trainer trainer =
        CharRnn.create()
            .withAccelerator("java")
            .resume(directory.resolve("a.ckpt"), Corpus.read(directory.resolve("text.txt")))) {
      return RunFolder.open(run, RunFolder.Start.RESUME, trainer.plan(), reservedBytes);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.sorted().toList();
    }
  }

  // C9

  @Test
  void diskThatHasNoMoreThanTheCheckpointNeeds_takesNoFile_andNothingIsLeft() throws IOException {
    Run contents = RunFiles.read(RunFolder.existing(run));
    List<Path> before = files(run);
    byte[] plot = Files.readAllBytes(run.resolve("plots/loss.png"));
    try (RunFolder folder = opened(MORE_THAN_ANY_DISK)) {
      var e = assertThrows(IOException.class, () -> folder.replace(folder.report(), "page"));
      assertTrue(e.getMessage().contains("which the next checkpoint needs"), e::getMessage);
      Optional<String> problem = Plots.write(folder, contents);
      assertTrue(problem.orElseThrow().contains("which the next checkpoint needs"));
    }
    assertEquals(before, files(run));
    assertEquals(plot.length, Files.size(run.resolve("plots/loss.png")));
  }

  @Test
  void plotThatCannotBeMoved_leavesNoTemporaryFile() throws IOException {
    Run contents = RunFiles.read(RunFolder.existing(run));
    Path plot = run.resolve("plots/loss.png");
    Files.delete(plot);
    Files.createDirectories(plot.resolve("a directory that is not empty"));
    List<Path> before = files(run);
    try (RunFolder folder = opened(0)) {
      assertTrue(Plots.write(folder, contents).isPresent());
    }
    assertEquals(before, files(run));
  }

  // C10

  @Test
  void file_isForcedToTheDisk_andSoIsItsFolder() throws IOException {
    Path events = directory.resolve("events.jfr");
    try (RunFolder folder = opened(0);
        Recording recording = new Recording()) {
      recording.enable("jdk.FileForce").withoutThreshold().withoutStackTrace();
      recording.start();
      folder.replace(folder.report(), "page");
      recording.stop();
      recording.dump(events);
    }
    List<Path> forced =
        RecordingFile.readAllEvents(events).stream()
            .map(event -> Path.of(event.getString("path")).toAbsolutePath().normalize())
            .toList();
    assertTrue(forced.contains(run.resolve(".report.html.tmp")), forced::toString);
    assertTrue(forced.contains(run), forced::toString);
  }
}

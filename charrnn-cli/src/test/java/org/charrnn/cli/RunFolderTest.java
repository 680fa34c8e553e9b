package org.charrnn.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.charrnn.cli.Shell.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder of a run, from the command line. */
class RunFolderTest {

  @TempDir private Path directory;
  private Training training;
  private Path folder;

  @BeforeEach
  void writeText() throws IOException {
    training = Training.in(directory);
    folder = directory.resolve("a.run");
  }

  /** The files of a folder but for its plots, with what changes from run to run left out. */
  private static Map<String, String> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.toString().endsWith(".png"))
          .collect(
              Collectors.toMap(
                  file -> folder.relativize(file).toString(),
                  RunFolderTest::content,
                  (one, _) -> one,
                  TreeMap::new));
    }
  }

  private static String content(Path file) {
    try {
      return Files.readString(file)
          .replaceAll("\"chars_per_s\":[^,}]*", "")
          .replaceAll("(?s)<figure class=\"chart speed\".*?</figure>", "")
          .replaceAll("(?s)<script type=\"application/json\".*?</script>", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void untold_isBesideTheModel_andHasEverything() throws IOException {
    Outcome outcome =
        training.small("--epochs", 2, "--learning-rate", 0.05, "--schedule", "constant");
    assertEquals(0, outcome.exitCode(), outcome::err);
    for (String name :
        "config.json run.json metrics.jsonl measures.jsonl surprise.json report.html".split(" ")) {
      assertTrue(Files.size(folder.resolve(name)) > 0, name);
    }
    assertEquals(36, Files.readAllLines(folder.resolve("metrics.jsonl")).size());
    assertEquals(2, Files.readAllLines(folder.resolve("measures.jsonl")).size());
    String sample = Files.readString(folder.resolve("samples/step-00000036-epoch-0002.txt"));
    assertEquals(13, sample.length());
    assertTrue(outcome.out().contains("--- sample at step 36 ---\n" + sample + "\n"));
    assertTrue(Files.exists(folder.resolve("samples/step-00000018-epoch-0001.txt")));
    for (String plot : "loss rate gradient speed".split(" ")) {
      assertEquals(
          1200, ImageIO.read(folder.resolve("plots/" + plot + ".png").toFile()).getWidth(), plot);
    }
    assertTrue(
        Files.readString(folder.resolve("metrics.jsonl"))
            .lines()
            .allMatch(line ->
                line.contains("\"learning_rate\":0.05,") && line.contains("\"gradient_norm\":")));
  }

  @Test
  void none_writesNoFolder() throws IOException {
    assertEquals(0, training.small("--max-steps", 3, "--run-folder", "none").exitCode());
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(3, files.count(), "the text, the model and the best model");
    }
  }

  @Test
  void anotherFolder_isMade() {
    Path other = directory.resolve("runs/first");
    assertEquals(0, training.small("--max-steps", 3, "--run-folder", other).exitCode());
    assertTrue(Files.exists(other.resolve("report.html")));
    assertFalse(Files.exists(folder));
  }

  @Test
  void folder_changesNothingInTheModel() throws IOException {
    assertEquals(0, training.small("--epochs", 2).exitCode());
    byte[] with = Files.readAllBytes(training.model());
    assertEquals(0, training.small("--epochs", 2, "--run-folder", "none", "--force").exitCode());
    assertArrayEquals(with, Files.readAllBytes(training.model()));
  }

  @Test
  void resumed_isAsIfItHadNeverStopped() throws IOException {
    assertEquals(0, training.small("--epochs", 3, "--max-steps", 22).exitCode());
    assertEquals(0, training.run("--resume", "--epochs", 3).exitCode());
    Map<String, String> resumed = files(folder);
    String stoppedAt = "samples/step-00000022-epoch-0002.txt"; // which the other one has not
    assertTrue(resumed.containsKey(stoppedAt));
    assertEquals(0, training.small("--epochs", 3, "--force").exitCode());
    Map<String, String> whole = files(folder);
    assertFalse(whole.containsKey(stoppedAt), "the run before it was replaced");
    for (String name : new String[] {"metrics.jsonl", "surprise.json", "config.json", "run.json"}) {
      assertEquals(whole.get(name), resumed.get(name), name);
    }
    for (String name : whole.keySet()) {
      assertTrue(resumed.containsKey(name), name);
      if (name.startsWith("samples")) {
        assertEquals(whole.get(name), resumed.get(name), name);
      }
    }
    assertTrue(
        resumed
            .get("measures.jsonl")
            .lines()
            .toList()
            .containsAll(whole.get("measures.jsonl").lines().toList()));
  }

  @Test
  void resumed_afterACrash_dropsWhatIsMadeAnew() throws IOException {
    assertEquals(0, training.small("--epochs", 2, "--max-steps", 20).exitCode());
    byte[] model = Files.readAllBytes(training.model());
    assertEquals(0, training.run("--resume", "--epochs", 2).exitCode());
    Files.write(training.model(), model); // as if killed before its second save
    Files.writeString(
        folder.resolve("metrics.jsonl"),
        Files.readString(folder.resolve("metrics.jsonl")) + "{\"step\":37,\"epo");
    assertEquals(0, training.run("--resume", "--max-steps", 21, "--epochs", 2).exitCode());
    assertEquals(21, Files.readAllLines(folder.resolve("metrics.jsonl")).size());
    assertFalse(Files.exists(folder.resolve("samples/step-00000036-epoch-0002.txt")));
    assertTrue(Files.exists(folder.resolve("samples/step-00000021-epoch-0002.txt")));
    assertEquals(3, Files.readAllLines(folder.resolve("measures.jsonl")).size());
  }

  @Test
  void resumed_withoutAFolder_beginsOne() throws IOException {
    assertEquals(0, training.small("--max-steps", 20, "--run-folder", "none").exitCode());
    Outcome outcome = training.run("--resume", "--max-steps", 25);
    assertEquals(0, outcome.exitCode(), outcome::err);
    assertFalse(outcome.err().contains("nothing is written"), outcome::err);
    assertEquals(5, Files.readAllLines(folder.resolve("metrics.jsonl")).size());
    assertTrue(Files.exists(folder.resolve("report.html")));
  }

  @Test
  void test_isInThePage_onceTheRunHasEnded() throws IOException {
    Outcome outcome = training.small("--epochs", 2, "--test", 0.1);
    assertEquals(0, outcome.exitCode(), outcome::err);
    assertTrue(Files.readString(folder.resolve("run.json")).contains("\"test_nats_per_char\" : "));
    assertTrue(
        Files.readString(folder.resolve("report.html")).contains("<dt>loss on the test text</dt>"));
  }

  @Test
  void noSamples_noHeldOutText_stillMakesAPage() throws IOException {
    Outcome outcome =
        training.run(
            "--max-steps",
            20,
            "--sample-length",
            0,
            "--validation",
            0,
            "--hidden-size",
            6,
            "--seq-length",
            8,
            "--batch-size",
            2);
    assertEquals(0, outcome.exitCode(), outcome::err);
    assertFalse(outcome.err().contains("nothing is written"), outcome::err);
    assertTrue(Files.readString(folder.resolve("report.html")).contains("no text is held out."));
    assertFalse(Files.exists(folder.resolve("samples")));
    assertEquals(0, Shell.run("report", folder).exitCode());
  }

  @Test
  void report_regeneratesTheSameBytes() throws IOException {
    assertEquals(0, training.small("--epochs", 2).exitCode());
    byte[] page = Files.readAllBytes(folder.resolve("report.html"));
    byte[] plot = Files.readAllBytes(folder.resolve("plots/loss.png"));
    Files.delete(folder.resolve("report.html"));
    Files.delete(folder.resolve("plots/loss.png"));
    Outcome outcome = Shell.run("report", folder);
    assertEquals(0, outcome.exitCode(), outcome::err);
    assertEquals("Wrote " + folder.resolve("report.html") + "\n", outcome.out());
    assertArrayEquals(page, Files.readAllBytes(folder.resolve("report.html")));
    assertArrayEquals(plot, Files.readAllBytes(folder.resolve("plots/loss.png")));
  }

  @Test
  void report_ofAKilledRun_showsWhatThereIs() throws IOException {
    assertEquals(0, training.small("--epochs", 1).exitCode());
    Files.delete(folder.resolve("surprise.json"));
    Files.delete(folder.resolve("measures.jsonl"));
    String metrics = Files.readString(folder.resolve("metrics.jsonl"));
    Files.writeString(folder.resolve("metrics.jsonl"), metrics.substring(0, metrics.length() - 9));
    Outcome outcome = Shell.run("report", folder);
    assertEquals(0, outcome.exitCode(), outcome::err);
    assertTrue(Files.readString(folder.resolve("report.html")).contains("<b>17</b>"));
  }

  // ---- what is refused

  @Test
  void anotherRun_isNotLost() throws IOException {
    assertEquals(0, training.small("--max-steps", 3).exitCode());
    Map<String, String> before = files(folder);
    Path other = directory.resolve("b.ckpt");
    Outcome refused =
        Shell.run(
            "train",
            training.text(),
            "--out",
            other,
            "--run-folder",
            folder,
            "--max-steps",
            1,
            "--seq-length",
            8,
            "--batch-size",
            2);
    assertEquals(2, refused.exitCode());
    assertTrue(
        refused
            .err()
            .contains(
                "Cannot write "
                    + folder
                    + ": it has another run already. Choose another folder with"),
        refused::err);
    assertEquals(before, files(folder));
    assertFalse(Files.exists(other));
  }

  @Test
  void folderOfSomethingElse_isLeftAlone() throws IOException {
    Path mine = Files.createDirectory(directory.resolve("mine"));
    Files.writeString(mine.resolve("metrics.jsonl"), "mine");
    for (Object[] more : new Object[][] {{}, {"--force"}}) {
      Outcome refused =
          training.small(Stream.concat(Stream.of("--run-folder", mine), Stream.of(more)).toArray());
      assertEquals(2, refused.exitCode());
      assertTrue(
          refused.err().contains("is not the folder of a run: it has no run.json"), refused::err);
    }
    Outcome file = training.small("--run-folder", training.text());
    assertEquals(2, file.exitCode());
    assertTrue(file.err().contains("it is a file, not a folder"), file::err);
    assertEquals("mine", Files.readString(mine.resolve("metrics.jsonl")));
    assertEquals(Texts.CHOICES, Files.readString(training.text()));
    assertFalse(Files.exists(training.model()));
  }

  @Test
  void report_withoutARun_isReported() throws IOException {
    Outcome gone = Shell.run("report", directory.resolve("gone"));
    assertEquals(2, gone.exitCode());
    assertTrue(
        gone.err().contains("is not the folder of a run: it has no metrics.jsonl"), gone::err);
    Outcome other = Shell.run("report", directory);
    assertEquals(2, other.exitCode());
    assertFalse(Files.exists(directory.resolve("report.html")));
  }

  @Test
  void report_damagedFolder_isReported() throws IOException {
    assertEquals(0, training.small("--max-steps", 3).exitCode());
    String metrics = Files.readString(folder.resolve("metrics.jsonl"));
    Files.writeString(folder.resolve("metrics.jsonl"), "{\"step\":\n" + metrics);
    Outcome outcome = Shell.run("report", folder);
    assertEquals(2, outcome.exitCode(), outcome::err);
    assertTrue(
        outcome.err().contains("metrics.jsonl, line 1, is not a line of metrics"), outcome::err);
    Files.writeString(folder.resolve("metrics.jsonl"), metrics);
    Files.writeString(folder.resolve("run.json"), "{}");
    Outcome facts = Shell.run("report", folder);
    assertEquals(2, facts.exitCode(), facts::err);
    assertTrue(facts.err().contains("is damaged"), facts::err);
  }

  // ---- failures

  @Test
  void failure_isReportedOnce_andTrainingContinues() throws IOException {
    Files.createDirectory(folder);
    Files.writeString(folder.resolve("run.json"), "{}");
    Files.writeString(folder.resolve("samples"), "a file instead of the folder");
    Outcome outcome = training.small("--epochs", 2);
    assertEquals(0, outcome.exitCode(), outcome::err);
    assertEquals(
        1,
        outcome
            .err()
            .lines()
            .filter(line ->
                line.startsWith(
                    String.format(Locale.ROOT, "charrnn: cannot record the run in %s: ", folder)))
            .count(),
        outcome::err);
    assertEquals(0, Shell.run("inspect", training.model()).exitCode());
    assertTrue(outcome.err().contains("saved " + training.model() + " at step 36"), outcome::err);
  }
}

package org.charrnn.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.charrnn.api.CharRnnException;
import org.charrnn.cli.Shell;
import org.charrnn.cli.Shell.Outcome;
import org.charrnn.cli.Texts;
import org.charrnn.cli.record.ExistingMetrics;
import org.charrnn.cli.record.RunFacts;
import org.charrnn.cli.record.RunFolder;
import org.charrnn.cli.record.RunHistory;
import org.charrnn.testkit.fuzz.DamagedJson;
import org.charrnn.testkit.fuzz.FuzzTarget;
import org.charrnn.testkit.fuzz.Fuzzer;
import org.charrnn.text.CharRnn;
import org.charrnn.text.Trainer;
import org.charrnn.text.corpus.Corpus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reads many folders of runs in which a file is damaged: the page is made, or a documented
 * exception is thrown; and the run can be resumed.
 */
class RunFolderFuzzTest {

  private static final List<String> FILES =
      List.of("run.json", "metrics.jsonl", "measures.jsonl", "surprise.json", "config.json");

  private static final int RECORDED = 501; // no multiple of the number of files

  /** The message of an exception that nobody expected. */
  private static final Pattern UNEXPECTED = Pattern.compile(": null\\. Tr|Exception|Error:");

  @TempDir private static Path directory;

  private static Path train() throws IOException {
    Path text = Files.writeString(directory.resolve("text.txt"), Texts.CHOICES);
    Outcome trained =
        Shell.run(
            Stream.concat(
                    Stream.of(
                        "train",
                        text,
                        "--out",
                        directory.resolve("a.ckpt"),
                        "--accelerator",
                        "java",
                        "--max-steps",
                        20),
                    Stream.of(Texts.SMALL))
                .toArray());
    assertEquals(0, trained.exitCode(), trained::err);
    return directory.resolve("a.run");
  }

  @Test
  void damagedRuns_areReportedOrShown_andResumed() throws IOException {
    Path run = train();
    Corpus corpus = Corpus.read(directory.resolve("text.txt"));
    try (Trainer trainer =
        CharRnn.create().withAccelerator("java").resume(directory.resolve("a.ckpt"), corpus)) {
      Fuzzer.Figures figures =
          new Fuzzer(
                  "run-folder",
                  directory.resolve("damaged"),
                  () -> new Target(run, trainer, corpus))
              .run(4_000, 15);
      assertTrue(figures.refused() > figures.executions() / 8, figures::toString);
      assertTrue(figures.refused() < figures.executions(), figures::toString);
    }
  }

  private static final class Target implements FuzzTarget {

    private final Path run;
    private final Trainer trainer;
    private final Corpus corpus;
    private final List<List<DamagedJson>> lines = new ArrayList<>();
    private Path changed = Path.of("");

    Target(Path run, Trainer trainer, Corpus corpus) {
      this.run = run;
      this.trainer = trainer;
      this.corpus = corpus;
      for (String name : FILES) {
        String text = text(run.resolve(name));
        lines.add(
            name.endsWith("l")
                ? text.lines().map(DamagedJson::new).toList()
                : List.of(new DamagedJson(text)));
      }
    }

    private static String text(Path file) {
      try {
        return Files.readString(file);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    /** Restores the file that was changed before, and changes another one. */
    @Override
    public long prepare(Path folder, long index, RandomGenerator random) throws IOException {
      restore(folder);
      int file = (int) (index % FILES.size());
      changed = Path.of(FILES.get(file));
      List<DamagedJson> all = lines.get(file);
      int number = random.nextInt(all.size());
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < all.size(); i++) {
        text.append(
                i == number ? all.get(i).damaged(index / FILES.size(), random) : all.get(i).valid())
            .append('\n');
      }
      if (random.nextInt(20) == 0) {
        text = new StringBuilder(DamagedJson.withSpan(text.toString(), random));
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      Files.write(folder.resolve(changed), bytes);
      return bytes.length;
    }

    private void restore(Path folder) throws IOException {
      for (String name : FILES) {
        if (changed.toString().isEmpty() || changed.endsWith(name) || name.startsWith("me")) {
          Files.write(folder.resolve(name), Files.readAllBytes(run.resolve(name)));
        }
      }
    }

    /** The page of the run, or what resuming the run does with the folder. */
    @Override
    public void use(Path folder, long index) throws IOException {
      if (index % RECORDED == 0) {
        record(folder);
      } else if (index / FILES.size() % 3 == 0) {
        resume(folder);
      } else {
        new ReportPage(RunFiles.read(RunFolder.existing(folder))).html();
      }
    }

    private void resume(Path folder) throws IOException {
      try (RunFolder opened = RunFolder.open(folder, RunFolder.Start.RESUME, trainer.plan(), 0)) {
        ExistingMetrics.truncate(opened.metrics(), 10);
        RunHistory.read(opened.metrics());
        RunFiles.measures(opened);
        RunFiles.surprisals(opened);
        RunFacts.parse(Files.readString(opened.facts()));
      }
    }

    /** Draws the plots, too, which takes long. */
    private void record(Path folder) {
      List<String> warnings = new ArrayList<>();
      try (RunFolder opened = RunFolder.open(folder, RunFolder.Start.RESUME, trainer.plan(), 0);
          RunRecorder recorder =
              new RunRecorder(opened, trainer, corpus, Path.of("a.ckpt"), "java", warnings::add)) {
        recorder.started(trainer.plan());
      }
      for (String warning : warnings) {
        assertFalse(UNEXPECTED.matcher(warning).find(), warning);
      }
    }

    @Override
    public boolean isDocumented(Exception failure) {
      return failure instanceof CharRnnException || failure instanceof IOException;
    }
  }
}

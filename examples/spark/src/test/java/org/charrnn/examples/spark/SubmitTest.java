package org.charrnn.examples.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.charrnn.text.CharRnn;
import org.charrnn.text.Checkpoint;
import org.charrnn.text.LanguageModel;
import org.charrnn.text.Trainer;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.training.TrainingListener;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Submits the shaded jar as spark-submit does: the class path has the jars of Spark alone, with
 * their own versions of Guava and Jackson.
 */
class SubmitTest {

  private static final int SECONDS = 300;

  private static final TrainingConfig CONFIG =
      TrainingConfig.builder()
          .model(it -> it.hiddenSize(32))
          .run(it -> it.epochs(1).maxSteps(40).validation(0))
          .windows(it -> it.seqLength(16).batchSize(4))
          .watch(it -> it.noPatience())
          .sample(it -> it.length(0))
          .rounds(it -> it.workers(2).outerEvery(10))
          .build();

  @TempDir private static Path folder;

  private static Path text;

  private static List<String> printed = List.of();

  @BeforeAll
  static void submitAll() throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 2000; i++) {
      lines.append("line ").append(i * 7919L % 1000).append(" of the 文本\n");
    }
    lines.append("xyzzy plugh 木\n");
    text = Files.writeString(folder.resolve("text.txt"), lines);
    Path other = Files.writeString(folder.resolve("other.txt"), "line 7 of the 文本\nzzzz木zzzz\n");
    Path model = folder.resolve("filter.ckpt");
    try (LanguageModel trained = CharRnn.create().train(Corpus.read(text), CONFIG)) {
      trained.save(model);
    }
    printed =
        submit(
            List.of(
                program(FilterByPerplexity.class.getName(), model, text, folder.resolve("parts")),
                program(TrainAndScore.class.getName(), text, other, folder.resolve("models"), 2),
                // last, since the command line closes standard output
                program(
                    "org.charrnn.spark.command.SparkTrain",
                    text,
                    "--out",
                    folder.resolve("submitted.ckpt"),
                    "--hidden-size",
                    32,
                    "--epochs",
                    1,
                    "--max-steps",
                    40,
                    "--validation",
                    0,
                    "--seq-length",
                    16,
                    "--batch-size",
                    4,
                    "--sample-length",
                    0,
                    "--workers",
                    2,
                    "--outer-every",
                    10)));
  }

  @Test
  void sparkTrain_writesTheCheckpointOfOneMachine() throws Exception {
    Path alone = folder.resolve("alone.ckpt");
    try (Trainer trainer = CharRnn.create().trainer(Corpus.read(text), CONFIG)) {
      trainer.run(alone, TrainingListener.silent());
    }
    assertArrayEquals(
        Files.readAllBytes(alone),
        Files.readAllBytes(folder.resolve("submitted.ckpt")),
        printed.get(2));
  }

  @Test
  void filterByPerplexity_dividesTheLines() throws Exception {
    Path parts = folder.resolve("parts");
    List<String> all = new ArrayList<>();
    for (String part : List.of("head", "middle", "tail")) {
      List<String> lines = linesIn(parts.resolve(part));
      assertFalse(lines.isEmpty(), part);
      all.addAll(lines);
    }
    assertEquals(
        Files.readAllLines(text).stream().sorted().toList(), all.stream().sorted().toList());
    assertTrue(linesIn(parts.resolve("tail")).contains("xyzzy plugh 木"));
  }

  @Test
  void trainAndScore_showsWhatSurprises() {
    String scored = printed.get(1);
    assertTrue(Files.exists(Checkpoint.best(folder.resolve("models/model.ckpt"))), scored);
    assertTrue(scored.indexOf("zzzz") < scored.indexOf("line 7"), scored);
  }

  private static List<String> linesIn(Path part) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(part)) {
      for (Path file : files.filter(it -> it.toString().endsWith(".txt")).toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines;
  }

  private static List<String> program(String main, Object... arguments) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "--master",
                "local[2]",
                "--conf",
                "spark.ui.enabled=false",
                "--conf",
                "spark.driver.host=127.0.0.1",
                "--conf",
                "spark.driver.bindAddress=127.0.0.1",
                "--class",
                main,
                System.getProperty("charrnn.jar")));
    Stream.of(arguments).map(Object::toString).forEach(words::add);
    return words;
  }

  /** Runs programs on Spark, and returns what each prints. */
  private static List<String> submit(List<List<String>> programs) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(it -> it.startsWith("--"))
        .forEach(command::add);
    Path classes =
        Path.of(Submissions.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx1g",
            "-Dstdout.encoding=UTF-8",
            "-cp",
            sparkJars() + File.pathSeparator + classes,
            Submissions.class.getName()));
    for (List<String> program : programs) {
      command.addAll(program);
      command.add(Submissions.END);
    }
    Path log = Files.createTempFile(folder, "submit", ".log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    String all = Files.readString(log);
    assertTrue(ended && process.exitValue() == 0, all);
    List<String> each = List.of(all.split(Submissions.END));
    assertTrue(each.size() >= programs.size(), all);
    return each;
  }

  /** The class path of the tests without the project and the libraries that the jar contains. */
  private static String sparkJars() {
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Stream.of(path.split(File.pathSeparator))
        .filter(entry ->
            !Files.isDirectory(Path.of(entry))
                && Stream.of(
                        "charrnn-", "jackson-databind-3", "jackson-core-3", "guava-", "picocli-")
                    .noneMatch(Path.of(entry).getFileName().toString()::startsWith))
        .collect(Collectors.joining(File.pathSeparator));
  }
}

package org.charrnn.examples.essay;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.charrnn.cli.options.ComputeOptions;
import org.charrnn.cli.progress.Terminal;
import org.charrnn.cli.progress.TrainingDisplay;
import org.charrnn.text.CharRnn;
import org.charrnn.text.baseline.NGramLoss;
import org.charrnn.text.baseline.NGramModel;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.corpus.Ids;
import org.charrnn.text.corpus.Split;
import org.charrnn.text.measure.TextMeasures;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code charrnn essay}: trains on the bundled essays, or on the reader's own, and shows what comes
 * of it.
 */
@Command(
    name = "essay",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Learn from the bundled essays about choice, then write some that begin with 选.")
public final class EssayCommand implements Callable<Integer> {

  private static final String BUNDLED = "essays.txt";
  private static final int ORDERS = 3;

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--corpus", paramLabel = "FILE", description = "Learn from this text instead.")
  private @Nullable Path corpusFile;

  @Option(
      names = "--out",
      paramLabel = "MODEL",
      description = "Keep the model. Default: it is thrown away.")
  private @Nullable Path out;

  @Option(
      names = "--begin",
      paramLabel = "TEXT",
      defaultValue = "选",
      description = "What essays begin with. Default: ${DEFAULT-VALUE}.")
  private String begin = "选";

  @Option(
      names = "--length",
      paramLabel = "N",
      defaultValue = "200",
      description = "Characters of each essay. Default: ${DEFAULT-VALUE}.")
  private int length;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "3",
      description = "Passes over the text. Default: ${DEFAULT-VALUE}.")
  private int epochs;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The same number gives the same essays. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Mixin private final ComputeOptions compute = new ComputeOptions();

  /** For picocli. */
  public EssayCommand() {}

  @Override
  public Integer call() throws IOException {
    Corpus corpus = corpusFile == null ? bundled() : Corpus.read(corpusFile);
    TrainingConfig config = EssayExample.config(begin, epochs).toBuilder().seed(seed).build();
    if (out != null) {
      run(corpus, config, out);
      return 0;
    }
    Path folder = Files.createTempDirectory("charrnn-essay");
    try {
      run(corpus, config, folder.resolve("essay.ckpt"));
    } finally {
      delete(folder);
    }
    return 0;
  }

  private void run(Corpus corpus, TrainingConfig config, Path model) {
    PrintWriter text = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter progress = spec.commandLine().getErr();
    CharRnn charRnn = compute.charRnn();
    showBaseline(corpus, config.run().validation(), progress);
    try (TrainingDisplay display = TrainingDisplay.of(text, progress, Terminal.isStandardError())) {
      EssayExample.train(charRnn, corpus, config, model, display);
    }
    Map<String, String> essays = EssayExample.write(charRnn, model, begin, length, seed);
    essays.forEach((way, essay) -> show(way, essay, corpus, text));
    text.flush();
  }

  /**
   * What counting alone achieves on the same held-out text; a network that is worse has learnt
   * nothing yet.
   */
  private static void showBaseline(Corpus corpus, double heldOut, PrintWriter progress) {
    int[] symbols = corpus.text().codePoints().toArray();
    int[] distinct = Arrays.stream(symbols).sorted().distinct().toArray();
    int[] ids =
        Arrays.stream(symbols).map(symbol -> Arrays.binarySearch(distinct, symbol)).toArray();
    Split split = Split.of(Ids.of(ids), heldOut);
    NGramModel counts = NGramModel.train(split.training().toArray(), ORDERS, distinct.length);
    for (NGramLoss loss : counts.losses(split.heldOut().toArray())) {
      progress.printf("%s by counting; held out: %.3f nats%n", loss.name(), loss.loss().nats());
    }
    progress.flush();
  }

  private static void show(String way, String essay, Corpus corpus, PrintWriter text) {
    TextMeasures measures = TextMeasures.of(List.of(essay), corpus.text().codePoints());
    TextMeasures.Novelty novelty = Objects.requireNonNull(measures.novelty());
    text.printf(
        "%n--- %s: %.1f %% of 4-grams repeated; %.1f %% of 8-grams copied, at most %d characters in a row%n%s%n",
        way, 100 * measures.repeated4(), 100 * novelty.copied8(), novelty.longestCopy(), essay);
  }

  private static Corpus bundled() throws IOException {
    try (InputStream stream = EssayCommand.class.getResourceAsStream(BUNDLED)) {
      return new Corpus(
          "the bundled essays",
          new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(EssayCommand::deleteOne);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void deleteOne(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package org.charrnn.examples.essay;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.charrnn.cli.spi.ComputeOptions;
import org.charrnn.cli.spi.TemporaryFolder;
import org.charrnn.cli.spi.TrainingDisplay;
import org.charrnn.text.CharRnn;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.evaluation.Baseline;
import org.charrnn.text.evaluation.TextMeasures;
import org.charrnn.text.training.TrainingResult;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code charrnn essay}: trains on the bundled essays, or on another text, and generates essays.
 */
@Command(
    name = "essay",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Train on the bundled essays about choice, then generate some that begin with 选.")
public final class EssayCommand implements Callable<Integer> {

  private static final String BUNDLED = "essays.txt";
  private static final int ORDERS = 3;

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--corpus", paramLabel = "FILE", description = "Train on this text instead.")
  private @Nullable Path corpusFile;

  @Option(
      names = "--out",
      paramLabel = "MODEL",
      description = "Keep the model. Default: it is deleted.")
  private @Nullable Path out;

  @Option(
      names = {"--prompt", "--begin"},
      paramLabel = "TEXT",
      defaultValue = "选",
      description = "Prompt of the essays. Default: ${DEFAULT-VALUE}.")
  private String prompt = "选";

  @Option(
      names = "--length",
      paramLabel = "N",
      defaultValue = "200",
      description = "Length of each essay in characters. Default: ${DEFAULT-VALUE}.")
  private int length;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "9",
      description = "Passes over the text. Default: ${DEFAULT-VALUE}.")
  private int epochs;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Random seed; the same seed produces the same essays. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(names = "--figures", description = "Print statistics of the corpus and exit.")
  private boolean figures;

  @Mixin private final ComputeOptions compute = new ComputeOptions();

  /** For picocli. */
  public EssayCommand() {}

  @Override
  public Integer call() throws IOException {
    Corpus corpus = corpusFile == null ? bundled() : Corpus.read(corpusFile);
    if (figures) {
      text().print(CorpusFigures.of(corpus.text()));
      return 0;
    }
    if (out != null) {
      run(corpus, out);
      return 0;
    }
    try (TemporaryFolder folder = TemporaryFolder.create("charrnn-essay")) {
      run(corpus, folder.path().resolve("essay.ckpt"));
    }
    return 0;
  }

  private void run(Corpus corpus, Path model) {
    CharRnn charRnn = compute.charRnn();
    TrainingConfig config =
        EssayExample.config(corpus, prompt, epochs).toBuilder().run(it -> it.seed(seed)).build();
    TrainingResult end = train(charRnn, corpus, config, model);
    text().printf(Locale.ROOT, "%nLoss on the last tenth of the text, in nats per character:%n");
    showBaseline(corpus, config);
    end.test().ifPresent(loss -> text().printf(Locale.ROOT, "%-8s %.3f%n", "network", loss.nats()));
    text().flush();
    Map<String, String> essays = EssayExample.write(charRnn, model, length, seed);
    essays.forEach((method, essay) -> show(method, essay, corpus));
    text().flush();
  }

  private TrainingResult train(CharRnn charRnn, Corpus corpus, TrainingConfig config, Path model) {
    try (TrainingDisplay display = TrainingDisplay.of(text(), progress())) {
      return EssayExample.train(charRnn, corpus, config, model, display);
    }
  }

  /**
   * The losses of n-gram models on the same text, counted on the training text together with the
   * validation text, by which the network was selected.
   */
  private void showBaseline(Corpus corpus, TrainingConfig config) {
    Baseline baseline =
        Baseline.of(corpus, config.model().tokenizer(), config.run().test(), 0, ORDERS);
    baseline
        .losses()
        .forEach(
            loss -> text().printf(Locale.ROOT, "%-8s %.3f%n", loss.name(), loss.loss().nats()));
  }

  private void show(String method, String essay, Corpus corpus) {
    String written = essay.startsWith(EssayExample.MARK) ? essay.substring(1) : essay;
    TextMeasures measures = TextMeasures.of(List.of(written), corpus.text().codePoints());
    TextMeasures.Novelty novelty = measures.novelty().orElseThrow();
    text()
        .printf(
            Locale.ROOT,
            "%n--- %s: %.1f %% of 4-grams repeated; %.1f %% of 8-grams copied, at most %d consecutive characters%n%s%n",
            method,
            100 * measures.repeated4(),
            100 * novelty.copied8(),
            novelty.longestCopy(),
            written);
  }

  private static Corpus bundled() throws IOException {
    try (InputStream stream = EssayCommand.class.getResourceAsStream(BUNDLED)) {
      return Corpus.of(
          "the bundled essays",
          new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private PrintWriter text() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }

  private PrintWriter progress() {
    return Objects.requireNonNull(spec).commandLine().getErr();
  }
}

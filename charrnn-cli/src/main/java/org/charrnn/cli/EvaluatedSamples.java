package org.charrnn.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.charrnn.cli.options.Required;
import org.charrnn.text.LanguageModel;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.evaluation.TextMeasures;
import org.charrnn.text.generation.Decoding;
import org.charrnn.text.generation.GeneratedText;
import org.charrnn.text.generation.GenerationRequest;
import org.charrnn.text.generation.Prompt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Texts that a model generates in order to be measured. */
final class EvaluatedSamples {

  /** A longer copy in a sample of 100 characters is a quotation, not a coincidence. */
  private static final int LONG_COPY = 20;

  private static final int LENGTH = 100;
  private static final int[] PERCENTILES = {50, 75, 90, 95, 99};

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "Generate N texts in one batch, and measure them.")
  private @Nullable Integer count;

  @Option(
      names = "--length",
      paramLabel = "N",
      description = "Characters of each text after the prompt. Default: " + LENGTH + ".")
  private @Nullable Integer length;

  @Option(
      names = {"--prompt", "--begin"},
      paramLabel = "TEXT",
      description =
          "Prompt of each text; it is not measured. Default: the prompt of the samples in training.")
  private @Nullable String begin;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Random seed; the same seed produces the same texts. Default: 0.")
  private @Nullable Long seed;

  @Option(
      names = "--against",
      paramLabel = "CORPUS",
      description =
          "Also measure how much of the texts is copied from this text, usually the training text.")
  private @Nullable Path against;

  boolean isWanted() {
    return count != null;
  }

  /** The text that the samples are compared with. */
  Optional<Path> against() {
    return Optional.ofNullable(against);
  }

  /**
   * Checks the options before any file is read.
   *
   * @throws InvalidOptionException if an option is invalid
   */
  void check() {
    if (count != null && count < 1) {
      throw new InvalidOptionException("samples", count, "at least 1");
    }
    if (length != null && length < 1) {
      throw new InvalidOptionException("length", length, "at least 1");
    }
    if (begin != null && begin.isEmpty()) {
      throw new InvalidOptionException("prompt", "''", "at least one symbol");
    }
  }

  /** Generates the texts and measures them. */
  Map<String, Number> measure(
      LanguageModel model, Decoding decoding, Optional<String> stop, Optional<Corpus> corpus) {
    GenerationRequest request =
        new GenerationRequest(
            Prompt.of(begin == null ? model.config().sample().prompt().orElseThrow() : begin),
            length == null ? LENGTH : length,
            decoding,
            seed == null ? 0 : seed,
            stop,
            false);
    List<String> texts = new ArrayList<>();
    model.generateMany(
        request, Required.required(count), (GeneratedText text) -> texts.add(text.continuation()));
    return figures(
        corpus
            .map(training -> TextMeasures.of(texts, training.text().codePoints()))
            .orElseGet(() -> TextMeasures.of(texts)));
  }

  private static Map<String, Number> figures(TextMeasures measures) {
    Map<String, Number> figures = new LinkedHashMap<>();
    figures.put("samples", measures.samples());
    figures.put("sample_characters", measures.characters());
    figures.put("distinct_1", measures.distinct1());
    figures.put("distinct_2", measures.distinct2());
    figures.put("distinct_4", measures.distinct4());
    figures.put("repeated_4", measures.repeated4());
    figures.put("longest_repeat", measures.longestRepeat());
    measures.novelty().ifPresent(novelty -> put(novelty, figures));
    return figures;
  }

  private static void put(TextMeasures.Novelty novelty, Map<String, Number> figures) {
    figures.put("copied_8", novelty.copied8());
    figures.put("longest_copy", novelty.longestCopy());
    for (int percent : PERCENTILES) {
      figures.put(
          String.format(Locale.ROOT, "longest_copy_of_%d_percent", percent),
          novelty.longestCopyOf(percent));
    }
    figures.put("share_with_longest_copy_within_" + LONG_COPY, novelty.shareWithin(LONG_COPY));
  }
}

package org.charrnn.cli.options;

import java.util.Optional;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.generation.BeamSearch;
import org.charrnn.text.generation.Decoding;
import org.charrnn.text.generation.Repetition;
import org.charrnn.text.generation.Sampler;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a text is made of what the model says about the next character. */
public final class DecodingOptions {

  private static final String WITH_BEAM = "left away with --beam, which leaves nothing to chance";

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description =
          "How daring: 0 always takes the most probable character, 1 what the model says. Default: 0.8 with --top-p 0.9;"
              + " 1 if --top-k or --top-p is given.")
  private @Nullable Double temperature;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      description = "Draw from the K most probable characters only. Default: from all.")
  private @Nullable Integer topK;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      description =
          "Draw from the most probable characters only, as few as have the probability P together (the nucleus)."
              + " 1 draws from all. Default: 0.9; 1 if --temperature or --top-k is given.")
  private @Nullable Double topP;

  @Option(
      names = "--repetition-penalty",
      paramLabel = "X",
      description =
          "Make characters less probable that stand in the text already: scores are divided by X, negative ones"
              + " multiplied. Default: 1, which does nothing.")
  private @Nullable Double repetitionPenalty;

  @Option(
      names = "--no-repeat-ngram",
      paramLabel = "N",
      description =
          "Never write N characters in a row that stand in the text already; it ends early if nothing else is left."
              + " Default: 0, they may be.")
  private @Nullable Integer noRepeatNgram;

  @Option(
      names = "--beam",
      paramLabel = "WIDTH",
      description =
          "Search for the most probable text instead of drawing, following the WIDTH best beginnings. 1 is the same as"
              + " --temperature 0.")
  private @Nullable Integer beam;

  @Option(
      names = "--length-penalty",
      paramLabel = "X",
      description =
          "With --beam and --stop: compare texts of different length by log-probability / length^X. Default: 0, which"
              + " favours short ones; 1 compares means.")
  private @Nullable Double lengthPenalty;

  @Option(
      names = "--stop",
      paramLabel = "TEXT",
      description = "End before the first TEXT that is written, if it comes within --length.")
  private @Nullable String stop;

  /** No option typed yet; picocli fills them in. */
  public DecodingOptions() {}

  /**
   * What was typed; {@link Sampler#standard} if nothing was.
   *
   * @throws InvalidOptionException if a value is impossible, or two options contradict one another
   */
  public Decoding decoding() {
    Repetition repetition =
        new Repetition(
            orElse(repetitionPenalty, Repetition.ALLOWED.penalty()),
            orElse(noRepeatNgram, Repetition.ALLOWED.noRepeatNgram()));
    return beam == null ? sampler(repetition) : search(beam, repetition);
  }

  /** What the text ends before. */
  public Optional<String> stop() {
    return Optional.ofNullable(stop);
  }

  private Sampler sampler(Repetition repetition) {
    refuse(
        "lengthPenalty", lengthPenalty, "left away without --beam: only a search compares texts");
    if (temperature == null && topK == null && topP == null) {
      return Sampler.standard().withRepetition(repetition);
    }
    return new Sampler(
        orElse(temperature, 1.0), orElse(topK, Sampler.ALL), orElse(topP, 1.0), repetition);
  }

  private BeamSearch search(int width, Repetition repetition) {
    refuse("temperature", temperature, WITH_BEAM);
    refuse("topK", topK, WITH_BEAM);
    refuse("topP", topP, WITH_BEAM);
    if (stop == null) {
      refuse(
          "lengthPenalty", lengthPenalty, "left away without --stop: all texts are equally long");
    }
    return new BeamSearch(width, orElse(lengthPenalty, 0.0), repetition);
  }

  private static void refuse(String option, @Nullable Object typed, String reason) {
    if (typed != null) {
      throw new InvalidOptionException(option, typed, reason);
    }
  }

  private static <T> T orElse(@Nullable T typed, T otherwise) {
    return typed == null ? otherwise : typed;
  }
}

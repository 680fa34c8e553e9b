package org.charrnn.cli.options;

import java.util.Optional;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.generation.BeamSearch;
import org.charrnn.text.generation.Decoding;
import org.charrnn.text.generation.Sampler;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of decoding: how characters are chosen from the predictions of the model. */
public final class DecodingOptions {

  private static final String WITH_BEAM = "omitted with --beam, which samples nothing";

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description =
          "Randomness: 0 always takes the most probable character, 1 draws from the model's distribution."
              + " Default: 0.8 with --top-p 0.9; 1 if --top-k or --top-p is given.")
  private @Nullable Double temperature;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      description = "Sample from the K most probable characters only. Default: from all.")
  private @Nullable Integer topK;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      description =
          "Sample from the nucleus only: the smallest set of most probable characters with total probability P."
              + " 1 samples from all. Default: 0.9; 1 if --temperature or --top-k is given.")
  private @Nullable Double topP;

  @Option(
      names = "--repetition-penalty",
      paramLabel = "X",
      description =
          "Make characters that already occur in the text less probable: positive logits are divided by X, negative"
              + " ones multiplied. Default: 1, which does nothing.")
  private @Nullable Double repetitionPenalty;

  @Option(
      names = "--no-repeat-ngram",
      paramLabel = "N",
      description =
          "Ban n-grams of length N that already occur in the text; it ends early if no character remains."
              + " Default: 0, which bans nothing.")
  private @Nullable Integer noRepeatNgram;

  @Option(
      names = "--beam",
      paramLabel = "WIDTH",
      description =
          "Search for the most probable text instead of sampling, with the WIDTH best hypotheses. 1 is the same as"
              + " --temperature 0.")
  private @Nullable Integer beam;

  @Option(
      names = "--length-penalty",
      paramLabel = "X",
      description =
          "With --beam and --stop: compare texts of different length by log-probability / length^X. Default: 0, which"
              + " favors short texts; 1 compares means.")
  private @Nullable Double lengthPenalty;

  @Option(
      names = "--stop",
      paramLabel = "TEXT",
      description = "End before the first generated TEXT, if it occurs within --length.")
  private @Nullable String stop;

  /** Without options; picocli sets those that are given. */
  public DecodingOptions() {}

  /**
   * Returns the decoding of the options; {@link Sampler#standard} if none is given.
   *
   * @throws InvalidOptionException if a value is not allowed, or two options contradict each other
   */
  public Decoding decoding() {
    Decoding.Repetition repetition =
        new Decoding.Repetition(
            orElse(repetitionPenalty, Decoding.Repetition.ALLOWED.penalty()),
            orElse(noRepeatNgram, Decoding.Repetition.ALLOWED.noRepeatNgram()));
    return beam == null ? sampler(repetition) : search(beam, repetition);
  }

  /** The text before which generation ends. */
  public Optional<String> stop() {
    return Optional.ofNullable(stop);
  }

  private Sampler sampler(Decoding.Repetition repetition) {
    refuse("lengthPenalty", lengthPenalty, "omitted without --beam: only a search compares texts");
    if (temperature == null && topK == null && topP == null) {
      return Sampler.standard().withRepetition(repetition);
    }
    return new Sampler(
        orElse(temperature, 1.0), orElse(topK, Sampler.ALL), orElse(topP, 1.0), repetition);
  }

  private BeamSearch search(int width, Decoding.Repetition repetition) {
    refuse("temperature", temperature, WITH_BEAM);
    refuse("topK", topK, WITH_BEAM);
    refuse("topP", topP, WITH_BEAM);
    if (stop == null) {
      refuse(
          "lengthPenalty", lengthPenalty, "omitted without --stop: all texts have the same length");
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

package org.charrnn.cli.scoring;

import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.scoring.ScoringOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The price of characters that a model does not know. */
final class UnknownPrice {

  private static final double LN_2 = Math.log(2);

  @Option(
      names = "--unknown-bits",
      paramLabel = "BITS",
      description =
          "Price in bits of each character that is not in the vocabulary; the model does not read it. 21 bits are the"
              + " price of one of all code points. Without it such a character is an error.")
  private @Nullable Double bits;

  /** The options with this price, if there is one. */
  ScoringOptions applyTo(ScoringOptions options) {
    if (bits == null) {
      return options;
    }
    if (!(bits >= 0 && bits < Double.POSITIVE_INFINITY)) { // written so that NaN fails
      throw new InvalidOptionException("unknownBits", bits, "a finite number of at least 0");
    }
    return options.withUnknownPrice(bits * LN_2);
  }
}

package org.charrnn.interchange;

import java.util.Locale;
import org.charrnn.interchange.verification.Difference;

/**
 * How an exported model was compared with the original one. Reading it back gave the same bytes of
 * weights; otherwise nothing would have been written.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
public sealed interface Verification {

  /**
   * ONNX Runtime computed the same, but for the rounding of sums.
   *
   * @param difference how far its numbers are from those of charrnn, over several windows that
   *     carry their state
   */
  record Computed(Difference difference) implements Verification {}

  /**
   * Its weights alone were compared.
   *
   * @param reason why it was not run, a clause
   */
  record WeightsOnly(String reason) implements Verification {}

  /** {@return the result in a sentence} */
  default String describe() {
    return switch (this) {
      case Computed(Difference difference) ->
          String.format(
              Locale.ROOT,
              "Reading it back gives the same weights. ONNX Runtime computes the same: largest difference %.1e, largest number %.1f.",
              difference.largest(),
              difference.magnitude());
      case WeightsOnly(String reason) ->
          String.format(
              Locale.ROOT,
              "Reading it back gives the same weights. Its results were not compared: %s.",
              reason);
    };
  }
}

package org.charrnn.interchange;

import java.util.Optional;
import org.charrnn.interchange.verification.Difference;

/**
 * What comparing an exported model with the original one showed.
 *
 * @param sameWeights whether reading it back gives the same bytes of weights
 * @param difference how far its logits and states are from those of charrnn, over several windows
 *     that carry their state; empty where nothing could run it
 */
public record Verification(boolean sameWeights, Optional<Difference> difference) {

  /** Whether the exported model is the original one, but for the rounding of sums. */
  public boolean passed() {
    return sameWeights && difference.map(Difference::isRounding).orElse(true);
  }
}

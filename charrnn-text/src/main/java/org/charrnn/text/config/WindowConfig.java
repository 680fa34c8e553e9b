package org.charrnn.text.config;

/**
 * How the text is cut into windows.
 *
 * @param seqLength T, the steps of a window
 * @param batchSize B, the number of streams that are read side by side
 * @param carryState whether a window begins with the state that the one before it left; else with
 *     zeros, as in the seed
 */
public record WindowConfig(int seqLength, int batchSize, boolean carryState) {
  /** Checks the sizes. */
  public WindowConfig {
    Check.atLeast(1, "seqLength", seqLength);
    Check.atLeast(1, "batchSize", batchSize);
  }
}

package org.charrnn.text;

import java.util.Locale;
import org.charrnn.api.Optimizer;
import org.charrnn.api.network.Network;
import org.charrnn.text.config.InvalidOptionException;

/**
 * The memory that the tensors of a checkpoint take, a lower bound of what training takes.
 *
 * @param parameters the number of trainable parameters
 * @param bytes the bytes of parameters and optimizer states
 */
record MemoryEstimate(long parameters, long bytes) {

  private static final double GIB = 1 << 30;

  static MemoryEstimate of(Network network, Optimizer optimizer) {
    long parameters =
        network.parameters().values().stream().mapToLong(spec -> spec.shape().elements()).sum();
    return new MemoryEstimate(
        parameters, Float.BYTES * parameters * (1 + optimizer.states().size()));
  }

  /**
   * Refuses a model that cannot be saved because its checkpoint does not fit into the memory of
   * Java.
   *
   * @throws InvalidOptionException if it does not
   */
  void requireFits() {
    requireFits(Runtime.getRuntime().maxMemory());
  }

  void requireFits(long maxBytes) {
    if (bytes > maxBytes) {
      throw new InvalidOptionException(
          "hiddenSize",
          String.format(Locale.ROOT, "%s parameters", Long.toString(parameters)),
          String.format(
              Locale.ROOT,
              "smaller, or layers fewer, or Java be given more memory (-Xmx): training takes at least %s GiB, Java has %s GiB",
              gib(bytes),
              gib(maxBytes)));
    }
  }

  private static String gib(long bytes) {
    return Double.toString(Math.round(10 * bytes / GIB) / 10.0);
  }
}

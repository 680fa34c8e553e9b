package org.charrnn.cli.spi;

import java.util.Optional;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.text.CharRnn;
import org.charrnn.text.config.InvalidOptionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What to compute on. */
public final class ComputeOptions {

  @Option(
      names = "--accelerator",
      paramLabel = "NAME",
      description =
          "What computes; 'charrnn accelerators' lists all. Default: the best that can be used here.")
  private @Nullable String accelerator;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "How many threads may compute. Results do not depend on it. Default: one per processor.")
  private @Nullable Integer threads;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      description = "Which device of the accelerator. Default: its best.")
  private @Nullable String device;

  private @Nullable RequestedAccelerator wish;

  /** No option typed yet; picocli fills them in. */
  public ComputeOptions() {}

  /** The way into charrnn-text, on what the user wants to compute on. */
  public CharRnn charRnn() {
    if (wish == null) {
      wish = new RequestedAccelerator(Optional.ofNullable(accelerator));
    }
    return CharRnn.create().withOptions(acceleratorOptions()).withAccelerator(wish);
  }

  private AcceleratorOptions acceleratorOptions() {
    int count = threads == null ? AcceleratorOptions.defaults().threads() : threads;
    if (count < 1) {
      throw new InvalidOptionException("threads", count, "at least 1");
    }
    return new AcceleratorOptions(count, Optional.ofNullable(device));
  }
}

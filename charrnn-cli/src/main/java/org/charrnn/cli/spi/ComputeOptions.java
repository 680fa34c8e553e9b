package org.charrnn.cli.spi;

import java.util.Optional;
import java.util.OptionalInt;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.text.CharRnn;
import org.charrnn.text.config.InvalidOptionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The accelerator, its device, and the number of threads. */
public final class ComputeOptions {

  @Option(
      names = "--accelerator",
      paramLabel = "NAME",
      description =
          "Accelerator; 'charrnn accelerators' lists them. Default: the best one that is usable.")
  private @Nullable String accelerator;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Maximum number of threads; results do not depend on it. Default: one per processor.")
  private @Nullable Integer threads;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      description = "Device of the accelerator. Default: its best one.")
  private @Nullable String device;

  private @Nullable RequestedAccelerator requested;

  /** Options not yet parsed; picocli fills them in. */
  public ComputeOptions() {}

  /** {@return the entry point of charrnn-text, on the accelerator that the options select} */
  public CharRnn charRnn() {
    if (requested == null) {
      requested = new RequestedAccelerator(Optional.ofNullable(accelerator));
    }
    return CharRnn.create().withOptions(acceleratorOptions()).withAccelerator(requested);
  }

  /** {@return the name of the accelerator, if one is given} */
  public Optional<String> accelerator() {
    return Optional.ofNullable(accelerator);
  }

  /**
   * {@return the number of threads, if it is given}
   *
   * @throws org.charrnn.text.config.InvalidOptionException if it is below 1
   */
  public OptionalInt threads() {
    return threads == null ? OptionalInt.empty() : OptionalInt.of(acceleratorOptions().threads());
  }

  /** {@return the device, if one is given} */
  public Optional<String> device() {
    return Optional.ofNullable(device);
  }

  private AcceleratorOptions acceleratorOptions() {
    int count = threads == null ? AcceleratorOptions.defaults().threads() : threads;
    if (count < 1) {
      throw new InvalidOptionException("threads", count, "at least 1");
    }
    return new AcceleratorOptions(count, Optional.ofNullable(device));
  }
}

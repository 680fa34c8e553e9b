package org.charrnn.api;

import java.util.Locale;
import java.util.Optional;

/**
 * The options for opening an accelerator.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param threads the maximum number of threads, at least 1
 * @param device the device, as the accelerator names its devices; empty for its best one
 */
public record AcceleratorOptions(int threads, Optional<String> device) {
  /**
   * Checks the number of threads.
   *
   * @throws IllegalArgumentException if {@code threads} is below 1
   */
  public AcceleratorOptions {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1: " + threads);
    }
  }

  /**
   * {@return as many threads as the Java virtual machine has processors, and the best device of the
   * accelerator}
   */
  public static AcceleratorOptions defaults() {
    return new AcceleratorOptions(Runtime.getRuntime().availableProcessors(), Optional.empty());
  }

  /**
   * Checks that no device is requested, for an accelerator that runs on the processors alone.
   *
   * @param accelerator the name of the accelerator
   * @throws IllegalArgumentException if a device is requested
   */
  public void requireNoDevice(String accelerator) {
    if (device.isPresent()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "accelerator '%s' runs on the processors of this machine, not on a device: %s",
              accelerator,
              device.get()));
    }
  }

  /**
   * {@return the same device with another number of threads}
   *
   * @param threads the number of threads, at least 1
   * @throws IllegalArgumentException if the number is below 1
   */
  public AcceleratorOptions withThreads(int threads) {
    return new AcceleratorOptions(threads, device);
  }
}

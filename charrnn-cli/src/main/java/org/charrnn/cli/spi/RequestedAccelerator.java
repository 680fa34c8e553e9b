package org.charrnn.cli.spi;

import java.util.Optional;
import org.charrnn.api.Accelerator;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.Accelerators;
import org.charrnn.api.Availability;
import org.charrnn.api.Session;
import org.jspecify.annotations.Nullable;

/**
 * The accelerator that the user wishes for, or the best one: chosen when it is needed first, so
 * that other mistakes are told before, and only once, so that the choice is told once.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 */
final class RequestedAccelerator implements Accelerator {

  private final Optional<String> wish;
  private @Nullable Accelerator chosen;

  RequestedAccelerator(Optional<String> wish) {
    this.wish = wish;
  }

  private Accelerator chosen() {
    if (chosen == null) {
      chosen = Accelerators.choose(wish);
    }
    return chosen;
  }

  @Override
  public String name() {
    return chosen().name();
  }

  @Override
  public int priority() {
    return chosen().priority();
  }

  @Override
  public Availability availability() {
    return chosen().availability();
  }

  @Override
  public Session open(AcceleratorOptions options) {
    return chosen().open(options);
  }
}

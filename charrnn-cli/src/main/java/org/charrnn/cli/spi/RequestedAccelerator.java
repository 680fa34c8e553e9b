package org.charrnn.cli.spi;

import java.util.Optional;
import org.charrnn.api.Accelerator;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.Availability;
import org.charrnn.api.Session;
import org.charrnn.api.discovery.Accelerators;
import org.jspecify.annotations.Nullable;

/**
 * The accelerator that the user requests, or the best one. It is chosen on first use, so that
 * invalid options are reported first, and only once, so that the choice is logged once.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 */
final class RequestedAccelerator implements Accelerator {

  private final Optional<String> requested;
  private @Nullable Accelerator chosen;

  RequestedAccelerator(Optional<String> requested) {
    this.requested = requested;
  }

  private Accelerator chosen() {
    if (chosen == null) {
      chosen = Accelerators.choose(requested);
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

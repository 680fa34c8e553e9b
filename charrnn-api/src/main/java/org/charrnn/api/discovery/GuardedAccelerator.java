package org.charrnn.api.discovery;

import java.util.Locale;
import org.charrnn.api.Accelerator;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.Availability;
import org.charrnn.api.CharRnnException;
import org.charrnn.api.Session;

/**
 * An accelerator whose contract is checked at each call.
 *
 * @param guard reports its faults
 * @param priority its priority
 * @param accelerator the accelerator
 */
record GuardedAccelerator(Guard guard, int priority, Accelerator accelerator)
    implements Accelerator {

  static GuardedAccelerator of(Guard guard, Accelerator accelerator) {
    return new GuardedAccelerator(
        guard, guard.call("priority", accelerator::priority), accelerator);
  }

  @Override
  public String name() {
    return guard.name();
  }

  /** An accelerator that throws, although it must not, counts as unavailable. */
  @Override
  public Availability availability() {
    try {
      return guard.call("availability", accelerator::availability);
    } catch (CharRnnException e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      return new Availability.Unavailable(
          "its check failed with " + reason,
          "Report this to the authors of " + Guard.place(accelerator.getClass()));
    }
  }

  /** An exception about the device passes if a device is requested. */
  @Override
  public Session open(AcceleratorOptions options) {
    Session session =
        guard.call(
            "open",
            () -> opened(options),
            e -> e instanceof IllegalArgumentException && options.device().isPresent());
    return new GuardedSession(guard, session);
  }

  private Session opened(AcceleratorOptions options) {
    try {
      return accelerator.open(options);
    } catch (IllegalStateException e) {
      if (availability() instanceof Availability.Unavailable(String reason, String remedy)) {
        throw new NoSuchPluginException(
            String.format(
                Locale.ROOT,
                "Accelerator '%s' cannot be used here: %s. %s.",
                name(),
                reason,
                remedy));
      }
      throw e;
    }
  }
}

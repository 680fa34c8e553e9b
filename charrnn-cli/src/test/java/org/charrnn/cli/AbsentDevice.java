package org.charrnn.cli;

import org.charrnn.api.Accelerator;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.Availability;
import org.charrnn.api.Session;

/** An unavailable accelerator of the highest priority. */
public final class AbsentDevice implements Accelerator {

  @Override
  public String name() {
    return "absent-device";
  }

  @Override
  public int priority() {
    return Integer.MAX_VALUE;
  }

  @Override
  public Availability availability() {
    return new Availability.Unavailable("the device is not plugged in", "Plug it in.");
  }

  @Override
  public Session open(AcceleratorOptions options) {
    throw new IllegalStateException("the device is not plugged in");
  }
}

package org.charrnn.testkit.reference;

import org.charrnn.api.Accelerator;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.Availability;
import org.charrnn.api.Session;

/**
 * The {@link ReferenceInterpreter} as an accelerator, named {@code reference}: slow, and in double
 * precision between a write and a read. It is for tests that need any accelerator, and shows
 * whether an accelerator or a program is at fault. It has the lowest priority, so that it is
 * selected only by name or where no other accelerator is available.
 *
 * <p><b>Thread safety.</b> Stateless.
 */
public final class ReferenceAccelerator implements Accelerator {

  private final Kernels kernels;

  /** An accelerator that computes in double precision. */
  public ReferenceAccelerator() {
    this(new ReferenceKernels());
  }

  ReferenceAccelerator(Kernels kernels) {
    this.kernels = kernels;
  }

  @Override
  public String name() {
    return "reference";
  }

  @Override
  public int priority() {
    return Integer.MIN_VALUE;
  }

  @Override
  public Availability availability() {
    return new Availability.Available("double precision on one thread, for tests");
  }

  @Override
  public Session open(AcceleratorOptions options) {
    options.requireNoDevice(name());
    return new ReferenceSession(kernels);
  }
}

package org.charrnn.testkit.reference;

import org.charrnn.api.Accelerator;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.Availability;
import org.charrnn.api.Session;

/**
 * The {@link ReferenceInterpreter} as an accelerator, named {@code reference}: slow, and in double
 * precision between a write and a read. For tests that need some accelerator, and to find out
 * whether an accelerator or a program is at fault. It is never chosen while there is another one.
 *
 * <p><b>Thread safety.</b> Stateless.
 */
public final class ReferenceAccelerator implements Accelerator {

  private final Kernels kernels;

  /** An accelerator that computes as the reference does. */
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
    options
        .device()
        .ifPresent(device -> {
          throw new IllegalArgumentException(
              "accelerator 'reference' has no devices to choose from: '" + device + "'");
        });
    return new ReferenceSession(kernels);
  }
}

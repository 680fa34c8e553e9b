package org.charrnn.testkit;

import org.charrnn.api.Accelerator;
import org.charrnn.testkit.reference.ReferenceAccelerator;

/** The reference passes its own contract. */
class ReferenceAcceleratorTest extends AcceleratorContract {

  @Override
  protected Accelerator accelerator() {
    return new ReferenceAccelerator();
  }
}

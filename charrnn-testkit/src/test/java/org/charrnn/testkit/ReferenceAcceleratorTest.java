package org.charrnn.testkit;

import org.charrnn.api.Accelerator;

/** The reference passes its own contract. */
class ReferenceAcceleratorTest extends AcceleratorContract {

  @Override
  protected Accelerator accelerator() {
    return new ReferenceAccelerator();
  }
}

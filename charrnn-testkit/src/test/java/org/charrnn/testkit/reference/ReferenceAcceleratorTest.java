package org.charrnn.testkit.reference;

import org.charrnn.api.Accelerator;
import org.charrnn.testkit.AcceleratorContract;

/** The reference passes its own contract. */
class ReferenceAcceleratorTest extends AcceleratorContract {

  @Override
  protected Accelerator accelerator() {
    return new ReferenceAccelerator();
  }
}

package org.charrnn.accel.tornado;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.charrnn.accel.tornado.kernel.ProductKernel;
import org.charrnn.accel.tornado.lowering.Lowering;
import org.charrnn.api.Accelerator;
import org.charrnn.testkit.AcceleratorContract;
import org.junit.jupiter.api.Test;

/** The contract, with the kernels for GPUs as plain Java. */
class GpuKernelsTest extends AcceleratorContract {

  @Override
  protected Accelerator accelerator() {
    return new JavaAccelerator.Gpu();
  }

  /** These are sizes of results in the contract; {@link LargeProductTest} has the largest tiles. */
  @Test
  void contract_hasProductsOfEachForm() {
    assertEquals(ProductKernel.Form.COLUMNS, Lowering.form(3, 257, true));
    assertEquals(ProductKernel.Form.SHARED_TILES, Lowering.form(129, 129, true));
    assertEquals(ProductKernel.Form.LARGE_TILES, Lowering.form(5, 4090, true));
  }
}

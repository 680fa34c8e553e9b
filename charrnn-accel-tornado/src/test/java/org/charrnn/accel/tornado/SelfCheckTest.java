package org.charrnn.accel.tornado;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.UnaryOperator;
import org.charrnn.accel.tornado.kernel.ProductKernel;
import org.charrnn.accel.tornado.layout.Placement;
import org.charrnn.accel.tornado.lowering.Lowering;
import org.charrnn.accel.tornado.runtime.DeviceTarget;
import org.charrnn.accel.tornado.runtime.JavaMemory;
import org.charrnn.accel.tornado.runtime.JavaTarget;
import org.charrnn.api.DeviceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelfCheckTest {

  /** A device whose results of one size are wrong by a factor. */
  private static DeviceTarget wrong(int elements, float factor, boolean isGpu) {
    return new JavaTarget(
        isGpu,
        size ->
            new JavaMemory(size) {
              @Override
              public void read(int base, float[] values) {
                super.read(base, values);
                if (values.length == elements) {
                  for (int i = 0; i < values.length; i++) {
                    values[i] *= factor;
                  }
                }
              }
            });
  }

  private static String message(DeviceTarget device) {
    return assertThrows(DeviceException.class, () -> SelfCheck.run(device)).getMessage();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void run_deviceThatComputesRight_passes(boolean isGpu) {
    SelfCheck.run(new JavaTarget(isGpu, JavaMemory::new));
  }

  @Test
  void run_kernelsForProcessors_doNotRace() {
    SelfCheck.run(new JavaTarget(false, JavaMemory::recorded));
  }

  @Test
  void run_errorOfRounding_passes() {
    SelfCheck.run(wrong(70 * 2000, 1 + 2e-6f, true));
  }

  @ParameterizedTest
  @CsvSource({
    "140000, matrix product in large tiles of [70; 19] and [19; 2000]",
    "2119000, matrix product in the largest tiles of [130; 19] (stored transposed) and [19; 16300]",
    "133, state after a loop",
    "735, matrix product in tiles of [21; 19] and [19; 35]",
    "105, matrix product by columns of [3; 19] and [19; 35]",
    "77, function exp",
    "5, losses of cross entropy",
    "209, updated weight",
  })
  void run_wrongResult_namesIt(int elements, String what) {
    String message = message(wrong(elements, 1.0001f, true));
    assertTrue(message.contains(what.replace(';', ',')), message);
    assertTrue(message.contains("an error of 1.0e-04 where 1e-05 is allowed"), message);
  }

  @Test
  void run_notANumber_fails() {
    assertTrue(message(wrong(77, Float.NaN, false)).contains("is NaN instead of"));
  }

  /** The forms that programs use on the device are those that were checked. */
  @Test
  void products_haveEachForm() {
    List<ProductKernel.Form> onGpu =
        List.of(
            Lowering.form(3, 35, true),
            Lowering.form(21, 35, true),
            Lowering.form(70, 2000, true),
            Lowering.form(130, 16_300, true));
    assertEquals(List.of(ProductKernel.Form.values()), onGpu);
  }

  @Test
  void run_deviceThatFails_saysWhy() {
    UnaryOperator<Placement.Size> refuse =
        _ -> {
          throw new IllegalStateException("out of resources");
        };
    String message = message(new JavaTarget(true, size -> new JavaMemory(refuse.apply(size))));
    assertTrue(message.contains("failed during the self-check: out of resources"), message);
    assertFalse(message.contains("does not compute"), message);
  }
}

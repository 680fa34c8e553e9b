package org.charrnn.accel.tornado;

import java.util.List;
import java.util.Random;
import org.charrnn.accel.tornado.kernel.ProductKernel;
import org.charrnn.accel.tornado.kernel.ProductTerm;
import org.charrnn.accel.tornado.layout.DeviceMatrix;
import org.charrnn.accel.tornado.layout.Placement;
import org.charrnn.accel.tornado.runtime.DeviceMemory;

/**
 * Products in a few large tiles on the first device, in all transpositions and for sizes that are
 * not multiples of a tile, compared with plain Java. Programs use these tiles for results that a
 * simulator would need hours for.
 */
final class SimulatedProducts {

  private static final int INNER = 19;
  private static final double TOLERANCE = 1e-5;

  private SimulatedProducts() {}

  /** Exits with an error if a product differs. */
  public static void main(String[] arguments) {
    DeviceInfo device = RealDevice.devices().getFirst();
    System.out.println("device " + device.name());
    for (ProductKernel.Form form :
        List.of(ProductKernel.Form.LARGE_TILES, ProductKernel.Form.LARGEST_TILES)) {
      for (boolean transposeA : new boolean[] {false, true}) {
        for (boolean transposeB : new boolean[] {false, true}) {
          check(device, form, transposeA, transposeB);
        }
      }
    }
  }

  private static void check(
      DeviceInfo device, ProductKernel.Form form, boolean transposeA, boolean transposeB) {
    int rows = form.tile() + 6;
    int columns = form.tile() + 2;
    DeviceMatrix a = matrix(Placement.RESERVED, rows, INNER, transposeA);
    DeviceMatrix b = matrix(a.base() + a.elements(), INNER, columns, transposeB);
    DeviceMatrix c = DeviceMatrix.fixed(b.base() + b.elements(), rows, columns);
    ProductTerm product = new ProductTerm(a, b, null, c, transposeA, transposeB);
    float[] left = numbers(a.elements());
    float[] right = numbers(b.elements());
    float[] result = new float[c.elements()];
    try (DeviceMemory memory =
        device.allocate(new Placement.Size(c.base() + c.elements(), Placement.RESERVED))) {
      memory.write(a.base(), left);
      memory.write(b.base(), right);
      memory.execute(memory.add(List.of(new ProductKernel(List.of(product), form).launch())));
      memory.read(c.base(), result);
    }
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        double sum = 0;
        for (int k = 0; k < INNER; k++) {
          double of = left[transposeA ? k * rows + i : i * INNER + k];
          sum += of * right[transposeB ? j * INNER + k : k * columns + j];
        }
        if (!(Math.abs(result[i * columns + j] - sum) <= TOLERANCE)) {
          throw new AssertionError(
              String.join(
                  " ",
                  form.description(),
                  Boolean.toString(transposeA),
                  Boolean.toString(transposeB),
                  "at " + i + ", " + j + ": " + result[i * columns + j],
                  "instead of " + sum));
        }
      }
    }
  }

  private static DeviceMatrix matrix(int base, int rows, int columns, boolean isTransposed) {
    return isTransposed
        ? DeviceMatrix.fixed(base, columns, rows)
        : DeviceMatrix.fixed(base, rows, columns);
  }

  private static float[] numbers(int count) {
    Random random = new Random(count);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = random.nextFloat() * 2 - 1;
    }
    return numbers;
  }
}

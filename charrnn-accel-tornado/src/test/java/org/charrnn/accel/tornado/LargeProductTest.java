package org.charrnn.accel.tornado;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.charrnn.accel.tornado.kernel.ProductKernel;
import org.charrnn.accel.tornado.lowering.Programs;
import org.charrnn.api.Accelerator;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.Memory;
import org.charrnn.api.Session;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Program;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Products at sizes that use large tiles, with the kernels for GPUs as plain Java. */
class LargeProductTest {

  private static final double TOLERANCE = 1e-5;

  private static float[] numbers(int count, long seed) {
    Random random = new Random(seed);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = random.nextFloat() * 2 - 1;
    }
    return numbers;
  }

  /** Result sizes are multiples of the tile and not; so are sizes of the inner axis. */
  @ParameterizedTest
  @CsvSource({
    "512, 32, 512, LARGE_TILES",
    "449, 37, 513, LARGE_TILES",
    "5, 3, 4096, LARGE_TILES",
    "129, 19, 16260, LARGEST_TILES",
  })
  void products_inLargeTiles_allTranspositions(
      int rows, int inner, int columns, ProductKernel.Form form) {
    Program program = Programs.products(rows, inner, columns);
    assertEquals(
        List.of(form),
        Programs.launches(program, true).stream()
            .map(launch -> ((ProductKernel) launch.kernel()).form())
            .distinct()
            .toList());
    assertProducts(new JavaAccelerator.Gpu(), program, rows, inner, columns);
  }

  private static void assertProducts(
      Accelerator accelerator, Program program, int rows, int inner, int columns) {
    try (Session session = accelerator.open(AcceleratorOptions.defaults())) {
      Map<String, Memory> memories = new HashMap<>();
      Map<String, float[]> values = new HashMap<>();
      for (Buffer buffer : program.externals()) {
        Memory memory = session.allocate(buffer.type(), buffer.shape());
        float[] numbers = numbers(buffer.shape().elements(), buffer.name().hashCode());
        memory.write(numbers);
        memories.put(buffer.name(), memory);
        values.put(buffer.name(), numbers);
      }
      session.compile(program, memories).run();
      for (int i = 0; i < 4; i++) {
        float[] result = new float[rows * columns];
        memories.get("c" + i).read(result);
        float[] a = values.get("a" + i);
        float[] b = values.get("b" + i);
        for (int row = 0; row < rows; row++) {
          for (int column = 0; column < columns; column++) {
            double sum = 0;
            for (int k = 0; k < inner; k++) {
              double left = a[Programs.isTransposedA(i) ? k * rows + row : row * inner + k];
              double right =
                  b[Programs.isTransposedB(i) ? column * inner + k : k * columns + column];
              sum += left * right;
            }
            assertEquals(
                sum,
                result[row * columns + column],
                TOLERANCE,
                "product " + i + " at " + row + ", " + column);
          }
        }
      }
    }
  }
}

package org.charrnn.accel.tornado;

import java.util.List;
import org.charrnn.graph.CounterRandom;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Random numbers: a work item makes one, from the seed and its own number. */
public record UniformNumbers(Span seed, int salt, Span result) implements MethodKernel {

  Launch launch() {
    return new Launch("uniform", this, Grid.of(result.elements()));
  }

  @Override
  public List<Span> spans() {
    return List.of(seed, result);
  }

  @Override
  public List<Integer> numbers() {
    return List.of(salt, result.elements());
  }

  /** What one work item does. */
  public static void compute(
      KernelContext context,
      FloatArray m,
      IntArray n,
      int seed,
      int result,
      int salt,
      int elements) {
    int e = context.globalIdx;
    if (e < elements) {
      int key = mix(n.get(seed) ^ mix(salt + 0x9E3779B9));
      m.set(result + e, shift(mix(key ^ mix(e)), 8) * 0x1p-24f);
    }
  }

  /** That of {@link CounterRandom}, bit by bit. */
  private static int mix(int x) {
    int y = (x ^ shift(x, 16)) * 0x85EBCA6B;
    int z = (y ^ shift(y, 13)) * 0xC2B2AE35;
    return z ^ shift(z, 16);
  }

  /**
   * {@code x >>> by}, as a shift of a number that is not negative: TornadoVM's OpenCL keeps the
   * sign of an int.
   */
  private static int shift(int x, int by) {
    return (int) ((x & 0xFFFFFFFFL) >> by);
  }
}

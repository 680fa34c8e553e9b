package org.charrnn.accel.tornado.op;

import java.util.List;
import org.charrnn.accel.tornado.kernel.Launch;
import org.charrnn.accel.tornado.kernel.MethodKernel;
import org.charrnn.accel.tornado.layout.DeviceMatrix;
import org.charrnn.accel.tornado.layout.Grid;
import org.charrnn.graph.CounterRandom;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Random numbers: a work item computes one, from the seed and its own index. */
public record UniformNumbers(DeviceMatrix seed, int salt, DeviceMatrix result)
    implements MethodKernel {

  /** The launch of this kernel. */
  public Launch launch() {
    return new Launch("uniform", this, Grid.of(result.elements()));
  }

  @Override
  public List<DeviceMatrix> matrices() {
    return List.of(seed, result);
  }

  @Override
  public List<Integer> numbers() {
    return List.of(salt, result.elements());
  }

  /** Computes one work item. */
  public static void compute(
      KernelContext context,
      FloatArray floats,
      IntArray ints,
      int seed,
      int result,
      int salt,
      int elements) {
    int element = context.globalIdx;
    if (element < elements) {
      int key = mix(ints.get(seed) ^ mix(salt + 0x9E3779B9));
      floats.set(result + element, shift(mix(key ^ mix(element)), 8) * 0x1p-24f);
    }
  }

  /** The same function as in {@link CounterRandom}, to the bit. */
  private static int mix(int x) {
    int y = (x ^ shift(x, 16)) * 0x85EBCA6B;
    int z = (y ^ shift(y, 13)) * 0xC2B2AE35;
    return z ^ shift(z, 16);
  }

  /**
   * {@code x >>> by}, as a shift of a non-negative number: TornadoVM's OpenCL code for {@code >>>}
   * keeps the sign of an int.
   */
  private static int shift(int x, int by) {
    return (int) ((x & 0xFFFFFFFFL) >> by);
  }
}

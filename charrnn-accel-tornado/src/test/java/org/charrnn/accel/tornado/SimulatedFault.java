package org.charrnn.accel.tornado;

import java.util.List;
import org.charrnn.accel.tornado.kernel.Launch;
import org.charrnn.accel.tornado.kernel.MethodKernel;
import org.charrnn.accel.tornado.layout.DeviceMatrix;
import org.charrnn.accel.tornado.layout.Grid;
import org.charrnn.accel.tornado.layout.Placement;
import org.charrnn.accel.tornado.runtime.DeviceMemory;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * A launch of a kernel with a fault on the first device. The argument is the method of {@link
 * Faulty} with that fault.
 */
final class SimulatedFault {

  private static final int GROUP = 64;

  private SimulatedFault() {}

  /** Runs two work-groups of the kernel. */
  public static void main(String[] arguments) {
    DeviceInfo device = RealDevice.devices().getFirst();
    System.out.println("device " + device.name());
    Launch launch =
        new Launch("faulty", new Faulty(arguments[0]), new Grid(2 * GROUP, 1, GROUP, 1));
    int floats = Placement.RESERVED + 4 * GROUP;
    try (DeviceMemory memory = device.allocate(new Placement.Size(floats, Placement.RESERVED))) {
      memory.execute(memory.add(List.of(launch)));
    }
  }

  /** A kernel whose work items each write one element of the result. */
  public record Faulty(String method) implements MethodKernel {

    @Override
    public List<DeviceMatrix> matrices() {
      return List.of(DeviceMatrix.fixed(Placement.RESERVED, 2, 2 * GROUP));
    }

    @Override
    public List<Integer> numbers() {
      return List.of();
    }

    /** The barrier orders only local memory. */
    public static void race(KernelContext context, FloatArray floats, IntArray ints, int result) {
      int item = context.globalIdx;
      floats.set(result + item, item);
      context.localBarrier();
      floats.set(result + 2 * GROUP + item, floats.get(result + (item ^ 1)));
    }

    /** A barrier is missing between what a work item reads and what another one writes. */
    public static void raceInLocalMemory(
        KernelContext context, FloatArray floats, IntArray ints, int result) {
      float[] local = context.allocateFloatLocalArray(GROUP);
      int item = context.localIdx;
      local[item] = 1;
      context.localBarrier();
      float other = local[GROUP - 1 - item];
      local[item] = 2 * other;
      context.localBarrier();
      floats.set(result + context.globalIdx, local[item]);
    }

    /** The last work item writes beyond the last element. */
    public static void beyondTheMemory(
        KernelContext context, FloatArray floats, IntArray ints, int result) {
      floats.set(result + 2 * GROUP + 1 + context.globalIdx, 1);
    }

    /** The last work item of a group writes beyond the last element. */
    public static void beyondTheLocalArray(
        KernelContext context, FloatArray floats, IntArray ints, int result) {
      float[] local = context.allocateFloatLocalArray(GROUP);
      local[context.localIdx + 1] = 1;
      context.localBarrier();
      floats.set(result + context.globalIdx, local[GROUP - 1]);
    }

    /** No work item writes the element that all of them read. */
    public static void uninitialized(
        KernelContext context, FloatArray floats, IntArray ints, int result) {
      float[] local = context.allocateFloatLocalArray(GROUP + 1);
      local[context.localIdx] = 1;
      context.localBarrier();
      floats.set(result + context.globalIdx, local[GROUP]);
    }
  }
}

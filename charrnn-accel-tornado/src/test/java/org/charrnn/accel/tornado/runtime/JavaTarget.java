package org.charrnn.accel.tornado.runtime;

import java.util.function.Function;
import org.charrnn.accel.tornado.layout.Placement;

/**
 * A device that runs kernels as plain Java.
 *
 * @param isGpu whether it runs the kernels for GPUs
 * @param memory allocates its memory
 */
public record JavaTarget(boolean isGpu, Function<Placement.Size, DeviceMemory> memory)
    implements DeviceTarget {

  @Override
  public String describe() {
    return isGpu ? "gpu-kernels-in-java" : "processor-kernels-in-java";
  }

  @Override
  public void requireMemoryFor(Placement.Size size) {}

  @Override
  public DeviceMemory allocate(Placement.Size size) {
    return memory.apply(size);
  }
}

package org.charrnn.accel.tornado;

import java.util.function.Function;

/**
 * A device that runs kernels as plain Java.
 *
 * @param isGpu whether it runs the kernels for GPUs
 * @param memory allocates its memory
 */
record JavaTarget(boolean isGpu, Function<Placement.Size, DeviceMemory> memory) implements Target {

  @Override
  public String describe() {
    return isGpu ? "gpu-kernels-in-java" : "processor-kernels-in-java";
  }

  @Override
  public void requireRoomFor(Placement.Size size) {}

  @Override
  public DeviceMemory allocate(Placement.Size size) {
    return memory.apply(size);
  }
}

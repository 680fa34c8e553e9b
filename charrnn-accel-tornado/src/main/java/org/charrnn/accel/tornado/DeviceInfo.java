package org.charrnn.accel.tornado;

import java.util.Locale;
import org.charrnn.accel.tornado.layout.Grid;
import org.charrnn.accel.tornado.layout.Placement;
import org.charrnn.accel.tornado.runtime.DeviceMemory;
import org.charrnn.accel.tornado.runtime.DeviceTarget;
import org.charrnn.accel.tornado.runtime.ResidentMemory;
import org.charrnn.api.DeviceException;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.exceptions.TornadoOutOfMemoryException;

/**
 * A device that TornadoVM found.
 *
 * @param backend the backend that drives it, in lower case, such as {@code opencl}
 * @param index its index within the backend
 * @param name the name that its driver reports
 * @param memoryBytes its memory
 * @param allocationBytes the largest allocation that its driver permits
 * @param groupSize the largest work-group that it runs
 * @param isGpu whether its work-groups have fast local memory
 * @param device the device itself
 */
record DeviceInfo(
    String backend,
    int index,
    String name,
    long memoryBytes,
    long allocationBytes,
    int groupSize,
    boolean isGpu,
    TornadoDevice device)
    implements DeviceTarget {

  private static final long MOST_ELEMENTS = Integer.MAX_VALUE - 1024L;

  static DeviceInfo of(String backend, int index, TornadoDevice device) {
    return new DeviceInfo(
        backend.toLowerCase(Locale.ROOT),
        index,
        device.getPhysicalDevice().getDeviceName().strip(),
        device.getMaxGlobalMemory(),
        device.getMaxAllocMemory(),
        device.getPhysicalDevice().getMaxThreadsPerBlock(),
        device.getDeviceType() != TornadoDeviceType.CPU,
        device);
  }

  /** The name by which the user can select it, such as {@code opencl:0}. */
  String id() {
    return backend + ":" + index;
  }

  /** For example {@code opencl:0 NVIDIA H200, 139.7 GiB}. */
  @Override
  public String describe() {
    return String.format(Locale.ROOT, "%s %s, %s", id(), name, gibibytes(memoryBytes));
  }

  /**
   * Checks that the device runs work-groups as large as the kernels need: TornadoVM would choose
   * another size without a message, and the kernels would compute something else.
   *
   * @throws DeviceException if they are too large; the message says how large they are
   */
  void requireWorkGroups() {
    int needed = isGpu ? Grid.LARGEST_GROUP : Grid.GROUP;
    if (groupSize < needed) {
      throw new DeviceException(
          String.format(
              Locale.ROOT,
              "Device %s cannot be used: its work-groups have at most %d work items, and the kernels need %d. Use another device; see docs/gpu.md.",
              describe(),
              groupSize,
              needed));
    }
  }

  @Override
  public void requireMemoryFor(Placement.Size size) {
    boolean tooLarge = bytes(size) > memoryBytes || Float.BYTES * size.floats() >= allocationBytes;
    if (tooLarge || size.floats() > MOST_ELEMENTS || size.ints() > MOST_ELEMENTS) {
      throw new DeviceException(outOfMemory(size));
    }
  }

  @Override
  public DeviceMemory allocate(Placement.Size size) {
    requireMemoryFor(size);
    try {
      return new ResidentMemory(device, describe(), (int) size.floats(), (int) size.ints());
    } catch (RuntimeException | Error e) {
      throw refusal(size, e);
    }
  }

  /** The reason why memory of that size is not available, from an exception of the runtime. */
  DeviceException refusal(Placement.Size size, Throwable error) {
    String reason = "Device " + id() + " cannot be used.";
    if (isCausedBy(error, TornadoOutOfMemoryException.class)) {
      reason = outOfMemory(size);
    } else if (isCausedBy(error, OutOfMemoryError.class)) {
      reason = outOfHostMemory(size);
    }
    return new DeviceException(reason + " The runtime says: " + error.getMessage(), error);
  }

  private static boolean isCausedBy(Throwable error, Class<? extends Throwable> kind) {
    return kind.isInstance(error)
        || (error.getCause() != null && isCausedBy(error.getCause(), kind));
  }

  private String outOfHostMemory(Placement.Size size) {
    return String.format(
        Locale.ROOT,
        "Out of memory in Java: TornadoVM keeps a copy of the memory of %s there, %s. Allow Java more memory outside of"
            + " its heap, for example with CHARRNN_JAVA_OPTS=-XX:MaxDirectMemorySize=16g, or reduce the batch size, the"
            + " window length, the hidden size or the number of layers.",
        id(),
        gibibytes(bytes(size)));
  }

  private String outOfMemory(Placement.Size size) {
    return String.format(
        Locale.ROOT,
        "Out of memory on %s: %s are needed, the device has %s and allocates at most %s at once (and an array has at"
            + " most %d elements). Reduce the batch size, the window length, the hidden size or the number of layers, or"
            + " close other programs that use the device.",
        id() + " " + name,
        gibibytes(bytes(size)),
        gibibytes(memoryBytes),
        gibibytes(allocationBytes),
        MOST_ELEMENTS);
  }

  private static long bytes(Placement.Size size) {
    return Float.BYTES * (size.floats() + size.ints());
  }

  private static String gibibytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1 << 30));
  }
}

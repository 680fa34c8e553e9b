package org.charrnn.accel.tornado;

import java.util.Locale;
import org.charrnn.accel.tornado.runtime.TornadoSession;
import org.charrnn.api.Accelerator;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.Availability;
import org.charrnn.api.Session;

/**
 * Runs programs on the devices of TornadoVM, "tornado": GPUs through OpenCL, PTX or CUDA.
 *
 * <p>It needs TornadoVM's SDK when Java starts, see docs/gpu.md, and is unavailable without it.
 * {@link AcceleratorOptions#device()} is a backend and an index, such as {@code opencl:0}, or a
 * part of a device's name; the default is the first GPU, or else the first device. The number of
 * threads does not apply.
 *
 * <p>{@link #open} first runs a small program on the device and compares its results with Java's; a
 * device that computes something else is refused.
 */
public final class TornadoAccelerator implements Accelerator {

  private final boolean selfCheck;

  /** For ServiceLoader. */
  public TornadoAccelerator() {
    this(true);
  }

  /** For tests that open hundreds of sessions and check their results themselves. */
  TornadoAccelerator(boolean selfCheck) {
    this.selfCheck = selfCheck;
  }

  @Override
  public String name() {
    return "tornado";
  }

  /**
   * Higher than the priority of accelerators of the processor, so that an automatic choice takes a
   * GPU, or reports why it cannot. Lower if the only devices are processors, which are faster with
   * plain Java.
   */
  @Override
  public int priority() {
    boolean onlyProcessors =
        search() instanceof Devices.Search.Found found
            && found.devices().stream().noneMatch(DeviceInfo::isGpu);
    return onlyProcessors ? -1000 : 1000;
  }

  @Override
  public Availability availability() {
    return switch (search()) {
      case Devices.Search.Found found ->
          new Availability.Available(Devices.describe(found.devices()));
      case Devices.Search.Missing(String reason, String remedy) ->
          new Availability.Unavailable(reason, remedy);
    };
  }

  @Override
  public Session open(AcceleratorOptions options) {
    return switch (search()) {
      case Devices.Search.Found found -> {
        DeviceInfo device = Devices.choose(found.devices(), options.device());
        device.requireWorkGroups();
        if (selfCheck) {
          SelfCheck.run(device);
        }
        yield new TornadoSession(device);
      }
      case Devices.Search.Missing(String reason, String remedy) ->
          throw new IllegalStateException(
              String.format(
                  Locale.ROOT,
                  "Accelerator 'tornado' cannot be used here: %s. %s.",
                  reason,
                  remedy));
    };
  }

  private static Devices.Search search() {
    try {
      return Devices.search();
    } catch (LinkageError e) { // not even TornadoVM's API is present
      return new Devices.Search.Missing(
          "TornadoVM's API is not on the module path or class path (" + e.getMessage() + ")",
          "Start Java with TornadoVM; see docs/gpu.md");
    }
  }
}

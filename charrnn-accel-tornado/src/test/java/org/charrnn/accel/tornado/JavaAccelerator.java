package org.charrnn.accel.tornado;

import org.charrnn.accel.tornado.runtime.JavaMemory;
import org.charrnn.accel.tornado.runtime.JavaTarget;
import org.charrnn.accel.tornado.runtime.TornadoSession;
import org.charrnn.api.Accelerator;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.Availability;
import org.charrnn.api.Session;

/**
 * The accelerator with its sessions and kernels but without TornadoVM's runtime, for tests without
 * an SDK.
 */
abstract class JavaAccelerator implements Accelerator {

  private final boolean gpu;

  private JavaAccelerator(boolean gpu) {
    this.gpu = gpu;
  }

  /** With the kernels for processors. */
  public static final class Processor extends JavaAccelerator {
    /** For ServiceLoader. */
    public Processor() {
      super(false);
    }
  }

  /** With the kernels for GPUs, which share local memory. */
  public static final class Gpu extends JavaAccelerator {
    /** For ServiceLoader. */
    public Gpu() {
      super(true);
    }
  }

  @Override
  public String name() {
    return gpu ? "gpu-kernels-in-java" : "processor-kernels-in-java";
  }

  @Override
  public int priority() {
    return -1;
  }

  @Override
  public Availability availability() {
    return new Availability.Available("plain Java");
  }

  @Override
  public Session open(AcceleratorOptions options) {
    if (options.device().isPresent()) {
      throw new IllegalArgumentException("there is no choice of devices");
    }
    return new TornadoSession(new JavaTarget(gpu, JavaMemory::new));
  }
}

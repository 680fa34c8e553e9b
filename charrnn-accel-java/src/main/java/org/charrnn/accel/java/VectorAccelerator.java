package org.charrnn.accel.java;

import java.util.Locale;
import org.charrnn.accel.java.codegen.Lanes;
import org.charrnn.accel.java.vector.VectorSession;
import org.charrnn.api.Accelerator;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.Availability;
import org.charrnn.api.Session;

/**
 * Plain Java on the vector units of the processor, "java-vector".
 *
 * <p>Needs the module {@code jdk.incubator.vector} and the C2 compiler, without which the Vector
 * API is slower than plain loops. No class of that module is loaded before it is known to exist.
 */
public final class VectorAccelerator implements Accelerator {

  private static final String MODULE = "jdk.incubator.vector";
  private static final int MIN_BITS = 256;

  /** For ServiceLoader. */
  public VectorAccelerator() {}

  @Override
  public String name() {
    return "java-vector";
  }

  @Override
  public int priority() {
    return 20;
  }

  @Override
  public Availability availability() {
    return availability(
        ModuleLayer.boot().findModule(MODULE).isPresent(),
        System.getProperty("java.vm.info", ""),
        CompilerLevel.highest());
  }

  /**
   * Decides whether vectors can be used.
   *
   * @param hasModule whether the Vector API is present
   * @param vmInfo how this JVM describes itself
   * @param highestLevel the level of compilation at which it stops, see {@link CompilerLevel}
   */
  static Availability availability(boolean hasModule, String vmInfo, int highestLevel) {
    if (!hasModule) {
      return new Availability.Unavailable(
          "the module " + MODULE + " is missing", "Start java with --add-modules " + MODULE);
    }
    if (vmInfo.contains("interpreted mode")) {
      return new Availability.Unavailable(
          "this JVM runs in interpreted mode", "Start java without -Xint");
    }
    boolean compiles = vmInfo.contains("mixed mode") || vmInfo.contains("compiled mode");
    if (!compiles || vmInfo.contains("emulated-client") || highestLevel < CompilerLevel.C2) {
      return new Availability.Unavailable(
          String.format(
              Locale.ROOT,
              "this JVM runs without the C2 compiler (%s, compilation level %d of %d)",
              vmInfo,
              highestLevel,
              CompilerLevel.C2),
          "Start java without -XX:TieredStopAtLevel");
    }
    int bits = VectorBits.preferred();
    return bits < MIN_BITS
        ? new Availability.Unavailable(
            String.format(
                Locale.ROOT,
                "the JVM uses vectors of %d bits on this processor; at least %d are needed",
                bits,
                MIN_BITS),
            "Start java without -XX:UseAVX, or use accelerator 'java'")
        : new Availability.Available(
            String.format(
                Locale.ROOT,
                "vectors of %d bits on %d processors",
                bits,
                Runtime.getRuntime().availableProcessors()));
  }

  @Override
  public Session open(AcceleratorOptions options) {
    if (availability() instanceof Availability.Unavailable(String reason, String remedy)) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "Accelerator '%s' cannot be used here: %s. %s.",
              name(),
              reason,
              remedy));
    }
    options.requireNoDevice(name());
    return Sessions.open(options.threads());
  }

  /** A class of its own, so that the accelerator can be loaded without the module. */
  private static final class VectorBits {
    static int preferred() {
      return Lanes.SPECIES.vectorBitSize();
    }
  }

  private static final class Sessions {
    static Session open(int threads) {
      return VectorSession.open(threads);
    }
  }
}

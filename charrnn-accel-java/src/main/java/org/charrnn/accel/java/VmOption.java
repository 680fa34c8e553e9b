package org.charrnn.accel.java;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/**
 * The options of HotSpot, as it set them from the machine and the command line.
 *
 * <p><b>Thread safety.</b> Stateless.
 */
final class VmOption {

  private static final String MODULE = "jdk.management";

  private VmOption() {}

  /**
   * The value of an option, as it would be written on the command line.
   *
   * @param name for example {@code UseFMA}
   * @return empty if the JVM has no such option or cannot be asked
   */
  static Optional<String> value(String name) {
    boolean canAsk = ModuleLayer.boot().findModule(MODULE).isPresent();
    return canAsk ? HotSpot.value(name) : Optional.empty();
  }

  /** A class of its own, so that the outer class can be loaded without the module. */
  private static final class HotSpot {
    static Optional<String> value(String name) {
      HotSpotDiagnosticMXBean bean =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      try {
        return Optional.ofNullable(bean).map(known -> known.getVMOption(name).getValue());
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
  }
}

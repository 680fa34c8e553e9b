package org.charrnn.accel.java.jvm;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/**
 * The options of HotSpot, as they came out after it looked at the machine and the command line.
 *
 * <p><b>Thread safety.</b> Stateless.
 */
public final class VmOption {

  private static final String MODULE = "jdk.management";

  private VmOption() {}

  /**
   * The value of an option, as it would stand on the command line.
   *
   * @param name for example {@code UseFMA}
   * @return none where the JVM has no such option or cannot be asked
   */
  public static Optional<String> value(String name) {
    boolean canAsk = ModuleLayer.boot().findModule(MODULE).isPresent();
    return canAsk ? HotSpot.value(name) : Optional.empty();
  }

  /** Apart, so that the class above can be loaded without the module. */
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

package org.charrnn.accel.java.vector;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * The levels at which HotSpot compiles: 0 is the interpreter, 1 to 3 are C1 with more or less
 * counting, 4 is C2.
 */
final class CompilerLevel {

  static final int C2 = 4;

  private static final String OPTION = "TieredStopAtLevel";

  private CompilerLevel() {}

  /** The highest level of this JVM; that of C2 where it cannot be asked. */
  static int highest() {
    boolean canAsk = ModuleLayer.boot().findModule("jdk.management").isPresent();
    return canAsk ? HotSpot.highest() : C2;
  }

  /** Apart, so that the class above can be loaded without the module. */
  private static final class HotSpot {
    static int highest() {
      HotSpotDiagnosticMXBean bean =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      if (bean == null) {
        return C2;
      }
      try {
        return Integer.parseInt(bean.getVMOption(OPTION).getValue());
      } catch (IllegalArgumentException e) {
        return C2; // a JVM that has no such option, or none that is a number
      }
    }
  }
}

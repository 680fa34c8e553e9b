package org.charrnn.accel.java.rows;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * {@code a * b + c}, rounded once where the processor has an instruction for that, else twice:
 * {@link Math#fma} computes with big decimals there.
 */
final class FusedMultiplyAdd {

  /** A constant for C2, so that one of both ways is left. */
  private static final boolean HAS_INSTRUCTION =
      ModuleLayer.boot().findModule("jdk.management").isPresent() && HotSpot.usesInstruction();

  private FusedMultiplyAdd() {}

  static float of(float a, float b, float c) {
    return HAS_INSTRUCTION ? Math.fma(a, b, c) : a * b + c;
  }

  /** Apart, so that the class above can be loaded without the module. */
  private static final class HotSpot {
    static boolean usesInstruction() {
      HotSpotDiagnosticMXBean bean =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      try {
        return bean != null && Boolean.parseBoolean(bean.getVMOption("UseFMA").getValue());
      } catch (IllegalArgumentException e) {
        return false; // a JVM that has no such option
      }
    }
  }
}

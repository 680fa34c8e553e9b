package org.charrnn.accel.java;

import java.util.Locale;
import org.charrnn.accel.java.rows.RowSession;
import org.charrnn.api.Accelerator;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.Availability;
import org.charrnn.api.Session;

/** Plain Java, "java": it is always available. */
public final class JavaAccelerator implements Accelerator {

  private final boolean fused;

  /** For ServiceLoader. */
  public JavaAccelerator() {
    this(VmOption.value("UseFMA").orElse("false").equals("true"));
  }

  /**
   * An accelerator for a certain kind of processor.
   *
   * @param fused whether products use {@code Math.fma}, which is computed with big decimals where
   *     HotSpot has no instruction for it
   */
  JavaAccelerator(boolean fused) {
    this.fused = fused;
  }

  @Override
  public String name() {
    return "java";
  }

  @Override
  public int priority() {
    return 0;
  }

  @Override
  public Availability availability() {
    return new Availability.Available(
        String.format(
            Locale.ROOT,
            "plain Java on %d processors",
            Runtime.getRuntime().availableProcessors()));
  }

  @Override
  public Session open(AcceleratorOptions options) {
    options.requireNoDevice(name());
    return RowSession.open(options.threads(), fused);
  }
}

package org.charrnn.accel.java.rows;

import java.util.function.Supplier;
import org.charrnn.api.Accelerator;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.Availability;
import org.charrnn.api.Session;

/** Plain Java, "java": needs nothing and is always available. */
public final class JavaAccelerator implements Accelerator {

  private final Supplier<Tile> tile;

  /** For ServiceLoader. */
  public JavaAccelerator() {
    this(() -> TileChoice.BEST);
  }

  /** With a tile that this machine need not have chosen. */
  JavaAccelerator(Supplier<Tile> tile) {
    this.tile = tile;
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
        "plain Java on %d processors".formatted(Runtime.getRuntime().availableProcessors()));
  }

  @Override
  public Session open(AcceleratorOptions options) {
    options
        .device()
        .ifPresent(device -> {
          throw new IllegalArgumentException(
              "accelerator 'java' has no devices to choose from: %s".formatted(device));
        });
    return new RowSession(options.threads(), tile.get());
  }
}

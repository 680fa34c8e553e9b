package org.charrnn.cli.options;

import org.jspecify.annotations.Nullable;

/** Fields that picocli sets before it calls a command. */
public final class Required {

  private Required() {}

  /** The value of a field. */
  public static <T> T required(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("picocli sets this field before it calls a command");
    }
    return value;
  }
}

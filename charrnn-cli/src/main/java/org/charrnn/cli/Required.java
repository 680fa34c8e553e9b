package org.charrnn.cli;

import org.jspecify.annotations.Nullable;

/** Fields that picocli sets before it calls a command. */
final class Required {

  private Required() {}

  static <T> T required(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("picocli sets this field before it calls a command");
    }
    return value;
  }
}

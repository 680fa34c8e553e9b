package org.charrnn.cli;

import org.jspecify.annotations.Nullable;

/** What picocli has filled in before it calls a command. */
final class Required {

  private Required() {}

  static <T> T required(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("picocli fills this in before it calls a command");
    }
    return value;
  }
}

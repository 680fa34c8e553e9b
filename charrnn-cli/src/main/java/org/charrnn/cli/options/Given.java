package org.charrnn.cli.options;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Options that were given; the others are null. */
final class Given {

  private Given() {}

  static <T> T or(@Nullable T value, T otherwise) {
    return value != null ? value : otherwise;
  }

  static <T> void apply(@Nullable T value, Consumer<T> setter) {
    if (value != null) {
      setter.accept(value);
    }
  }
}

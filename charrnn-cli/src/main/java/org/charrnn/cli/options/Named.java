package org.charrnn.cli.options;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.charrnn.text.config.InvalidOptionException;

/** Constants by the names that users type: in lower case, with hyphens. */
final class Named {

  private Named() {}

  /**
   * The constant of that name.
   *
   * @throws InvalidOptionException if there is none; the message lists all
   */
  static <E extends Enum<E>> E of(String option, Class<E> type, String name) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> label(constant).equals(name))
        .findFirst()
        .orElseThrow(() ->
            new InvalidOptionException(
                option,
                name,
                "one of "
                    + Arrays.stream(type.getEnumConstants())
                        .map(Named::label)
                        .collect(Collectors.joining(", "))));
  }

  static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

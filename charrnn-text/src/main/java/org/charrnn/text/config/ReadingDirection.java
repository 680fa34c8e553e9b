package org.charrnn.text.config;

import java.util.Arrays;
import java.util.Locale;

/** The direction in which a model reads and writes texts. */
public enum ReadingDirection {
  /** From the first symbol to the last. */
  FORWARD,
  /**
   * From the last symbol to the first: a model then predicts each symbol from those after it, and
   * generates text before a prompt.
   */
  BACKWARD;

  /**
   * {@return the direction of that name, whatever its case}
   *
   * @param name the name of a direction
   * @throws InvalidOptionException if there is none
   */
  public static ReadingDirection named(String name) {
    return Arrays.stream(values())
        .filter(direction -> direction.label().equals(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () -> new InvalidOptionException("direction", name, "one of forward, backward"));
  }

  /** {@return its name in lower case} */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * {@return the same ids in the order in which they are read; they are not copied if that is their
   * own}
   *
   * @param ids the ids in the order of the text
   */
  public int[] inReadingOrder(int[] ids) {
    if (this == FORWARD) {
      return ids;
    }
    int[] reversed = new int[ids.length];
    for (int i = 0; i < ids.length; i++) {
      reversed[i] = ids[ids.length - 1 - i];
    }
    return reversed;
  }
}

package org.charrnn.text.unicode;

/** Distinguishes characters that a reader can see from those that messages show as numbers. */
public final class Visibility {

  private Visibility() {}

  /**
   * Whether a code point is neither white space nor a control, format, private or unassigned
   * character.
   */
  public static boolean isVisible(int codePoint) {
    return !Character.isWhitespace(codePoint)
        && !Character.isSpaceChar(codePoint)
        && switch (Character.getType(codePoint)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.PRIVATE_USE,
              Character.SURROGATE,
              Character.UNASSIGNED ->
              false;
          default -> true;
        };
  }
}

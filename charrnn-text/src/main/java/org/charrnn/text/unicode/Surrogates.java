package org.charrnn.text.unicode;

/** Checks that strings are well-formed UTF-16. */
public final class Surrogates {

  private Surrogates() {}

  /** The index of the first surrogate that is not half of a pair, or -1. */
  public static int firstUnpaired(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (Character.charCount(text.codePointAt(i)) == 1) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }
}

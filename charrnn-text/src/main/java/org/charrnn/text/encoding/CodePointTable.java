package org.charrnn.text.encoding;

import org.jspecify.annotations.Nullable;

/** A number for each code point, in pages that are allocated when they are first used. */
final class CodePointTable {

  private static final int PAGE_BITS = 8;
  private static final int PAGE = 1 << PAGE_BITS;

  /** Receives the entries of the table. */
  interface Visitor {
    void visit(int codePoint, long value);
  }

  private final long[] @Nullable [] pages =
      new long[(Character.MAX_CODE_POINT + 1) >>> PAGE_BITS][];

  /** The number of a code point, initially 0. */
  long get(int codePoint) {
    long[] page = pages[codePoint >>> PAGE_BITS];
    return page == null ? 0 : page[codePoint & (PAGE - 1)];
  }

  void add(int codePoint, long value) {
    long[] page = pages[codePoint >>> PAGE_BITS];
    if (page == null) {
      page = new long[PAGE];
      pages[codePoint >>> PAGE_BITS] = page;
    }
    page[codePoint & (PAGE - 1)] += value;
  }

  /** Visits all code points whose number is not 0, in order. */
  void forEach(Visitor visitor) {
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      long[] page = pages[codePoint >>> PAGE_BITS];
      if (page == null) {
        codePoint |= PAGE - 1;
      } else if (page[codePoint & (PAGE - 1)] != 0) {
        visitor.visit(codePoint, page[codePoint & (PAGE - 1)]);
      }
    }
  }
}

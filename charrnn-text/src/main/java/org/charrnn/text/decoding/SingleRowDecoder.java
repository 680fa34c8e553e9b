package org.charrnn.text.decoding;

import java.util.Locale;

/** A decoder that follows one continuation, in one row. */
interface SingleRowDecoder extends Decoder {

  /** The id that the row reads next. */
  int id();

  @Override
  default int maxRows() {
    return 1;
  }

  @Override
  default int rows() {
    return 1;
  }

  @Override
  default int id(int row) {
    requireFirst(row);
    return id();
  }

  @Override
  default int parent(int row) {
    requireFirst(row);
    return 0;
  }

  private static void requireFirst(int row) {
    if (row != 0) {
      throw new IndexOutOfBoundsException(String.format(Locale.ROOT, "there is no row %d", row));
    }
  }
}

package org.charrnn.text.ngram;

import org.charrnn.text.encoding.Ids;

/** Reads ids in pieces, from beginning to end, so that they need not be in memory. */
final class IdPieces {

  private static final int PIECE = 1 << 16;

  private final Ids ids;
  private final Ids.Reader reader;
  private long read;

  IdPieces(Ids ids) {
    this.ids = ids;
    this.reader = ids.reader();
  }

  /** The next piece; empty at the end. */
  int[] next() {
    int[] piece = new int[(int) Math.min(PIECE, ids.length() - read)];
    if (piece.length > 0) {
      reader.read(read, piece, 0, piece.length);
    }
    read += piece.length;
    return piece;
  }
}

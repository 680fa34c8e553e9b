package org.charrnn.text.encoding;

import org.charrnn.api.Tokenizer;
import org.charrnn.text.corpus.TextFile;
import org.charrnn.text.corpus.UnknownSymbolException;

/**
 * The ids of a text in a file that is too large for memory: each reader decodes and encodes a piece
 * at a time.
 *
 * @param file the file
 * @param tokenizer splits it
 * @param encoder looks up ids
 * @param marks the places from which it can be read
 */
record StreamedIds(TextFile file, Tokenizer tokenizer, Encoder encoder, SeekPoints marks)
    implements Ids.Source {

  /** The size of the buffers of all readers together. */
  private static final int READ_AHEAD_BYTES = 1 << 22;

  /** How many ids a reader can go back without seeking. */
  private static final int KEPT = 16;

  private static final int MIN_PIECE_BYTES = 1 << 12;
  private static final int MAX_PIECE_BYTES = 1 << 16;

  @Override
  public Ids.Reader reader(int readers) {
    return new Cursor(Math.clamp(READ_AHEAD_BYTES / readers, MIN_PIECE_BYTES, MAX_PIECE_BYTES));
  }

  /**
   * Reads from the current place, or from the mark before a position that is far ahead or behind.
   */
  private final class Cursor implements Ids.Reader {

    private final int bytes;
    private TextPieces pieces;
    private int[] block = {};
    private long blockStart;

    Cursor(int bytes) {
      this.bytes = bytes;
      this.pieces = new TextPieces(file, tokenizer, bytes, SeekPoint.BEGINNING);
    }

    @Override
    public void read(long from, int[] into, int offset, int count) {
      int done = 0;
      while (done < count) {
        seek(from + done);
        int first = (int) (from + done - blockStart);
        int some = Math.min(count - done, block.length - first);
        System.arraycopy(block, first, into, offset + done, some);
        done += some;
      }
    }

    /** Moves the block to a position. */
    private void seek(long position) {
      long blockEnd = blockStart + block.length;
      if (position < blockStart || marks.positionBefore(position) > blockEnd) {
        pieces = new TextPieces(file, tokenizer, bytes, marks.markBefore(position));
        blockStart = marks.positionBefore(position);
        block = new int[0];
      }
      while (position >= blockStart + block.length) {
        advance();
      }
    }

    private void advance() {
      String piece = pieces.next();
      if (piece == null) {
        throw file.changed(null);
      }
      int kept = Math.min(KEPT, block.length);
      int[] ids = encode(piece);
      int[] next = new int[kept + ids.length];
      System.arraycopy(block, block.length - kept, next, 0, kept);
      System.arraycopy(ids, 0, next, kept, ids.length);
      blockStart += block.length - kept;
      block = next;
    }
  }

  private int[] encode(String piece) {
    try {
      return encoder.encode(piece);
    } catch (UnknownSymbolException e) {
      throw file.changed(e);
    }
  }
}

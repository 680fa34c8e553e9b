package org.charrnn.text.device;

import java.util.Arrays;
import org.charrnn.text.encoding.Documents;

/** The last ids of each row, as many as are needed to detect the beginning of a document. */
final class ReadBefore {

  private final Documents documents;
  private int[][] rows; // each ends with the id that was read last
  private int known;

  ReadBefore(Documents documents, int batchSize) {
    this.documents = documents;
    this.rows = new int[batchSize][Documents.LOOK_BACK + 1];
  }

  /** Forgets all ids. */
  void clear() {
    known = 0;
  }

  /** Copies the first row of another instance to all rows. */
  void copyFirst(ReadBefore other) {
    known = other.known;
    for (int row = 0; row < rows.length; row++) {
      rows[row] = other.rows[0].clone();
    }
  }

  /** Copies to each row the ids of the row {@code parents[row]}. */
  void rearrange(int[] parents) {
    int[][] before = rows;
    rows = new int[before.length][];
    Arrays.setAll(rows, row -> before[parents[row]].clone());
  }

  /**
   * Reads an id in each row.
   *
   * @param stateMask receives 0 for each row in which it begins a document, 1 for the others
   */
  void read(int[] ids, float[] stateMask) {
    known = Math.min(known + 1, Documents.LOOK_BACK + 1);
    for (int row = 0; row < rows.length; row++) {
      int[] read = rows[row];
      System.arraycopy(read, 1, read, 0, Documents.LOOK_BACK);
      read[Documents.LOOK_BACK] = ids[row];
      int first = Documents.LOOK_BACK + 1 - known;
      stateMask[row] = documents.beginAt(read, Documents.LOOK_BACK, first) ? 0 : 1;
    }
  }
}

package org.charrnn.text.device;

import java.util.Arrays;
import org.charrnn.text.encoding.Documents;

/** The last ids that a text has read, as many as are needed to detect where documents begin. */
final class RecentIds {

  /** No id was read. */
  static final int[] NONE = {};

  private RecentIds() {}

  /**
   * The last ids after some more were read.
   *
   * @param recent the last ids before that
   * @param more the ids that are read
   */
  static int[] after(int[] recent, int[] more) {
    int[] all = joined(recent, more);
    return Arrays.copyOfRange(all, Math.max(0, all.length - Documents.LOOK_BACK), all.length);
  }

  /** For each of some ids, whether a document begins with it. */
  static boolean[] documentBegins(Documents documents, int[] recent, int[] more) {
    int[] all = joined(recent, more);
    boolean[] begins = new boolean[more.length];
    for (int i = 0; i < more.length; i++) {
      begins[i] = documents.beginAt(all, recent.length + i, 0);
    }
    return begins;
  }

  private static int[] joined(int[] recent, int[] more) {
    int[] all = Arrays.copyOf(recent, recent.length + more.length);
    System.arraycopy(more, 0, all, recent.length, more.length);
    return all;
  }
}

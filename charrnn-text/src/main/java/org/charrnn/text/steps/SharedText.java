package org.charrnn.text.steps;

import java.util.Optional;
import org.charrnn.text.encoding.Ids;
import org.charrnn.text.encoding.TextIndex;
import org.charrnn.text.rounds.PartText;

/**
 * The ids of a text as a {@link PartText}.
 *
 * <p><b>Thread safety.</b> Its readers may be used by several threads, one thread each.
 *
 * @param ids the ids
 * @param index places in the file of the text; empty if it is in memory
 */
public record SharedText(Ids ids, Optional<TextIndex> index) implements PartText {

  @Override
  public long length() {
    return ids.length();
  }

  @Override
  public Reader reader(int readers) {
    Ids.Reader reader = ids.reader(readers);
    return (from, into, offset, count) -> {
      synchronized (ids) { // the readers of ids share a file
        reader.read(from, into, offset, count);
      }
    };
  }
}

package org.charrnn.serve.models;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.charrnn.text.scoring.State;

/**
 * The states of a model after recent prompts: a prompt that begins with one of them is read from
 * there. Of many, the oldest are forgotten.
 *
 * <p><b>Thread safety.</b> Any number of threads.
 */
public final class PrefixCache {

  private static final int MIN_LENGTH = 32; // shorter ones are read sooner than found
  private static final int MAX_ENTRIES = 1000;
  private static final long MAX_IDS = 1 << 22; // of all prompts together

  private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private final NavigableMap<Integer, Integer> lengths = new TreeMap<>(); // and how many have each

  private long kept; // ids

  /** The beginning of a prompt; the hash is that of {@link Arrays#hashCode(int[])}. */
  private record Key(int length, int hash) {}

  /** A prompt and the state after it. */
  private static final class Entry {
    private final int[] ids;
    private final State state;

    Entry(int[] ids, State state) {
      this.ids = ids;
      this.state = state;
    }
  }

  PrefixCache() {}

  /**
   * A prompt of which a part was read before.
   *
   * @param length the number of its first ids
   * @param state the state after them
   */
  public record Hit(int length, State state) {}

  /**
   * {@return whether a prompt is long enough to be remembered}
   *
   * @param ids the ids of a prompt
   */
  public static boolean keeps(int[] ids) {
    return ids.length >= MIN_LENGTH;
  }

  /**
   * {@return the longest known beginning of a prompt, which is read once}
   *
   * @param ids the ids of a prompt
   */
  public synchronized Optional<Hit> find(int[] ids) {
    Optional<Hit> longest = Optional.empty();
    int hash = 1;
    int read = 0;
    for (int length : lengths.headMap(ids.length, true).keySet()) {
      for (; read < length; read++) {
        hash = 31 * hash + ids[read];
      }
      Entry entry = entries.get(new Key(length, hash));
      if (entry != null && Arrays.equals(entry.ids, 0, length, ids, 0, length)) {
        longest = Optional.of(new Hit(length, entry.state));
      }
    }
    return longest;
  }

  /**
   * Remembers the state after a prompt, unless the prompt is short.
   *
   * @param ids the ids of a prompt
   * @param state the state after them
   */
  public synchronized void add(int[] ids, State state) {
    if (!keeps(ids)) {
      return;
    }
    Key key = new Key(ids.length, Arrays.hashCode(ids));
    if (entries.put(key, new Entry(ids.clone(), state)) == null) {
      lengths.merge(ids.length, 1, Integer::sum);
      kept += ids.length;
    }
    while (entries.size() > MAX_ENTRIES || kept > MAX_IDS) {
      remove(entries.keySet().iterator().next());
    }
  }

  private void remove(Key key) {
    entries.remove(key);
    lengths.merge(key.length, -1, (a, b) -> a + b == 0 ? null : a + b);
    kept -= key.length;
  }
}

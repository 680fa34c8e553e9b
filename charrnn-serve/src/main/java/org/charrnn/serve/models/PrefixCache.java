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

  private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private final NavigableMap<Integer, Integer> lengths = new TreeMap<>(); // and how many have each

  /** The beginning of a prompt. */
  private record Key(int length, int hash) {
    static Key of(int[] ids, int length) {
      int hash = 1;
      for (int i = 0; i < length; i++) {
        hash = 31 * hash + ids[i];
      }
      return new Key(length, hash);
    }
  }

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

  /** Whether a prompt is long enough to be remembered. */
  public static boolean keeps(int[] ids) {
    return ids.length >= MIN_LENGTH;
  }

  /** The longest known beginning of a prompt. */
  public synchronized Optional<Hit> find(int[] ids) {
    for (int length : lengths.headMap(ids.length, true).descendingKeySet()) {
      Entry entry = entries.get(Key.of(ids, length));
      if (entry != null && Arrays.mismatch(entry.ids, 0, length, ids, 0, length) < 0) {
        return Optional.of(new Hit(length, entry.state));
      }
    }
    return Optional.empty();
  }

  /** Remembers the state after a prompt, unless the prompt is short. */
  public synchronized void add(int[] ids, State state) {
    if (!keeps(ids)) {
      return;
    }
    if (entries.put(Key.of(ids, ids.length), new Entry(ids.clone(), state)) == null) {
      lengths.merge(ids.length, 1, Integer::sum);
    }
    while (entries.size() > MAX_ENTRIES) {
      remove(entries.keySet().iterator().next());
    }
  }

  private void remove(Key key) {
    entries.remove(key);
    lengths.merge(key.length, -1, (a, b) -> a + b == 0 ? null : a + b);
  }
}

package org.charrnn.text.decoding;

import java.util.BitSet;
import java.util.List;
import org.charrnn.text.generation.GeneratedText.Ending;
import org.jspecify.annotations.Nullable;

/**
 * A text that is being generated, as ids: the last one and the hypothesis that it extends. So the
 * hypotheses of a search share what they have in common, and each takes constant memory.
 *
 * <p>Earlier ids are found in logarithmic time by jumps over ancestors: Myers, "An applicative
 * random-access stack", Information Processing Letters 17, 1983.
 *
 * <p><b>Thread safety.</b> Immutable, apart from what {@link #seen} keeps: one thread at a time
 * calls that for the hypotheses of one search.
 */
public final class Hypothesis {

  private static final long HASH_BASE = 0x9E3779B97F4A7C15L;

  private final Hypothesis parent; // itself if it is empty
  private final Hypothesis jump;
  private final int promptLength;
  private final int length;
  private final ChosenId chosen;
  private final long hash; // of all ids, a polynomial in HASH_BASE
  private final @Nullable Ending ending;
  private @Nullable BitSet seen; // once it was needed; may be shared, never changed

  /** The empty hypothesis. */
  @SuppressWarnings("ThisEscapedInObjectConstruction")
  private Hypothesis(int promptLength) {
    this.parent = this;
    this.jump = this;
    this.promptLength = promptLength;
    this.length = 0;
    this.chosen = new ChosenId(-1, 0, List.of());
    this.hash = 0;
    this.ending = null;
    this.seen = new BitSet();
  }

  private Hypothesis(Hypothesis parent, ChosenId chosen) {
    this.parent = parent;
    Hypothesis far = parent.jump;
    this.jump = parent.length - far.length == far.length - far.jump.length ? far.jump : parent;
    this.promptLength = parent.promptLength;
    this.length = parent.length + 1;
    this.chosen = chosen;
    this.hash = parent.hash * HASH_BASE + chosen.id() + 1;
    this.ending = null;
  }

  private Hypothesis(Hypothesis same, Ending ending) {
    this.parent = same.parent;
    this.jump = same.jump;
    this.promptLength = same.promptLength;
    this.length = same.length;
    this.chosen = same.chosen;
    this.hash = same.hash;
    this.ending = ending;
    this.seen = same.seen;
  }

  /** The hypothesis that consists of the prompt alone. */
  public static Hypothesis of(int[] prompt) {
    Hypothesis hypothesis = new Hypothesis(prompt.length);
    for (int id : prompt) {
      hypothesis = hypothesis.extendedBy(new ChosenId(id, 0, List.of()));
    }
    BitSet _ = hypothesis.seen(); // several searches, each on a thread of its own, may share it
    return hypothesis;
  }

  /** This hypothesis with another id. */
  Hypothesis extendedBy(ChosenId next) {
    return new Hypothesis(this, next);
  }

  /** This hypothesis, at its end. */
  public Hypothesis ended(Ending why) {
    return new Hypothesis(this, why);
  }

  /** The number of ids after the prompt. */
  public int size() {
    return length - promptLength;
  }

  /** The number of ids, the prompt included. */
  int length() {
    return length;
  }

  /** The last id. */
  int last() {
    return chosen.id();
  }

  /** The hypothesis that this one extends by one id; itself if it is empty. */
  Hypothesis parent() {
    return parent;
  }

  /** The hypothesis of the prompt and the first {@code count} ids after it. */
  public Hypothesis first(int count) {
    return prefix(promptLength + count);
  }

  /** The hypothesis of the first ids. */
  Hypothesis prefix(int prefixLength) {
    Hypothesis prefix = this;
    while (prefix.length > prefixLength) {
      prefix = prefix.jump.length < prefixLength ? prefix.parent : prefix.jump;
    }
    return prefix;
  }

  /** The id at a position, the prompt included. */
  int id(int position) {
    return prefix(position + 1).chosen.id();
  }

  /** The id at {@code index}, from 0, after the prompt. */
  public int written(int index) {
    return id(promptLength + index);
  }

  /** The id at {@code index} after the prompt, as it was chosen. */
  public ChosenId chosen(int index) {
    return first(index + 1).chosen;
  }

  /** The ids after the prompt, as they were chosen. */
  public List<ChosenId> chosen() {
    return chosen(0, size());
  }

  /** The ids from an index after the prompt to another one, as they were chosen. */
  public List<ChosenId> chosen(int from, int to) {
    ChosenId[] ids = new ChosenId[to - from];
    Hypothesis at = first(to);
    for (int i = ids.length - 1; i >= 0; i--) {
      ids[i] = at.chosen;
      at = at.parent;
    }
    return List.of(ids);
  }

  /** The ids after the prompt. */
  int[] written() {
    int[] ids = new int[size()];
    Hypothesis at = this;
    for (int i = ids.length - 1; i >= 0; i--) {
      ids[i] = at.chosen.id();
      at = at.parent;
    }
    return ids;
  }

  /**
   * All ids that occur, the prompt included; must not be changed. That of a hypothesis whose parent
   * was asked before takes constant time, apart from a copy if its last id is new.
   */
  BitSet seen() {
    BitSet all = seen;
    if (all == null) {
      all = seenSince(nearestThatKnows());
      seen = all;
    }
    return all;
  }

  private Hypothesis nearestThatKnows() {
    Hypothesis ancestor = parent;
    while (ancestor.seen == null) { // the empty one knows
      ancestor = ancestor.parent;
    }
    return ancestor;
  }

  private BitSet seenSince(Hypothesis ancestor) {
    BitSet known = ancestor.seen();
    BitSet added = new BitSet();
    for (Hypothesis at = this; at != ancestor; at = at.parent) {
      if (!known.get(at.chosen.id())) {
        added.set(at.chosen.id());
      }
    }
    if (added.isEmpty()) {
      return known;
    }
    added.or(known);
    return added;
  }

  /** A hash of the last {@code count} ids, of which there must be so many. */
  long hashOfLast(int count) {
    return hash - prefix(length - count).hash * power(count);
  }

  private static long power(int exponent) {
    long power = 1;
    long base = HASH_BASE;
    for (int rest = exponent; rest > 0; rest >>= 1) {
      power *= (rest & 1) == 0 ? 1 : base;
      base *= base;
    }
    return power;
  }

  /** Whether the last {@code count} ids are those of another hypothesis. */
  boolean endsAs(Hypothesis other, int count) {
    Hypothesis a = this;
    Hypothesis b = other;
    for (int i = 0; i < count && a != b; i++) {
      if (a.chosen.id() != b.chosen.id()) {
        return false;
      }
      a = a.parent;
      b = b.parent;
    }
    return true;
  }

  /** Why it ends. */
  public Ending ending() {
    if (ending == null) {
      throw new IllegalStateException("the hypothesis has not ended");
    }
    return ending;
  }

  /** Whether it ends here. */
  public boolean hasEnded() {
    return ending != null;
  }
}

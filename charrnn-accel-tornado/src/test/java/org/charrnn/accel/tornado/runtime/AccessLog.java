package org.charrnn.accel.tornado.runtime;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Accesses of the work items of one launch to memory, and whether two of them race: different work
 * items access the same element, one of them writes, and no barrier of that kind of memory is
 * between them. Work items of different groups are never ordered.
 *
 * <p><b>Thread safety.</b> Any number of threads.
 */
public final class AccessLog {

  private final Map<Object, Integer> arrays = new IdentityHashMap<>();
  private final Map<Place, Accesses> withinGroups = new HashMap<>();
  private final Map<Place, Accesses> betweenGroups = new HashMap<>();
  private String race = "";

  /** An element; {@code group} and {@code barriers} are -1 where they do not matter. */
  private record Place(int array, int index, int group, int barriers) {}

  /** The first one that accessed an element. */
  private static final class Accesses {
    private final int first;
    private boolean byOthers;
    private boolean writes;

    Accesses(int first) {
      this.first = first;
    }

    /** Adds an access; returns whether it is a race. */
    boolean add(int by, boolean isWrite) {
      byOthers |= by != first;
      writes |= isWrite;
      return byOthers && writes;
    }
  }

  /**
   * Records an access to global memory.
   *
   * @param barriers how many barriers of global memory the work item has passed
   */
  synchronized void global(
      Object array, int index, int item, int group, int barriers, boolean write) {
    Place inGroup = new Place(number(array), index, group, barriers);
    Place anywhere = new Place(number(array), index, -1, -1);
    if (withinGroups.computeIfAbsent(inGroup, _ -> new Accesses(item)).add(item, write)) {
      report("work items of a group race for an element of global memory", index);
    }
    if (betweenGroups.computeIfAbsent(anywhere, _ -> new Accesses(group)).add(group, write)) {
      report("groups race for an element of global memory", index);
    }
  }

  /**
   * Records an access to an array of a group.
   *
   * @param barriers how many barriers of local memory the work item has passed
   */
  synchronized void local(Object array, int index, int item, int barriers, boolean write) {
    Place place = new Place(number(array), index, -1, barriers);
    if (withinGroups.computeIfAbsent(place, _ -> new Accesses(item)).add(item, write)) {
      report("work items race for an element of local memory", index);
    }
  }

  private int number(Object array) {
    return arrays.computeIfAbsent(array, _ -> arrays.size());
  }

  private void report(String what, int index) {
    if (race.isEmpty()) {
      race = what + ": " + index;
    }
  }

  /** The first race, if there was one. */
  synchronized Optional<String> race() {
    return race.isEmpty() ? Optional.empty() : Optional.of(race);
  }

  /** How many elements were accessed. */
  synchronized int size() {
    return withinGroups.size();
  }
}

package org.charrnn.testkit.graph;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.charrnn.graph.Optimization;

/** All sets of optimizations with which a graph can be compiled. */
public final class EverySubset {

  private EverySubset() {}

  /** The sets, beginning with the empty one. */
  public static List<Set<Optimization>> ofOptimizations() {
    Optimization[] all = Optimization.values();
    List<Set<Optimization>> subsets = new ArrayList<>();
    for (int bits = 0; bits < 1 << all.length; bits++) {
      Set<Optimization> subset = EnumSet.noneOf(Optimization.class);
      for (int i = 0; i < all.length; i++) {
        if ((bits >> i & 1) == 1) {
          subset.add(all[i]);
        }
      }
      subsets.add(subset);
    }
    return subsets;
  }
}

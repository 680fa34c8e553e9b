package org.charrnn.testkit.graph;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.charrnn.graph.compile.Compiler.Optimisation;

/** The ways in which a graph can be compiled. */
public final class EverySubset {

  private EverySubset() {}

  /** All sets of optimisations, the empty one first. */
  public static List<Set<Optimisation>> ofOptimisations() {
    Optimisation[] all = Optimisation.values();
    List<Set<Optimisation>> subsets = new ArrayList<>();
    for (int bits = 0; bits < 1 << all.length; bits++) {
      Set<Optimisation> subset = EnumSet.noneOf(Optimisation.class);
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

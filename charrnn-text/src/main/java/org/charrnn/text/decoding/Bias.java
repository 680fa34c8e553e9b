package org.charrnn.text.decoding;

import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableIntArray;
import java.util.Map;

/**
 * Numbers that are added to the scores of some ids.
 *
 * @param ids the ids
 * @param values a number for each
 */
public record Bias(ImmutableIntArray ids, ImmutableDoubleArray values) {

  /** Changes nothing. */
  public static final Bias NONE = of(Map.of());

  /** The numbers by id. */
  public static Bias of(Map<Integer, Double> byId) {
    ImmutableIntArray ids = ImmutableIntArray.copyOf(byId.keySet());
    ImmutableDoubleArray.Builder values = ImmutableDoubleArray.builder(ids.length());
    ids.forEach(id -> values.add(byId.getOrDefault(id, 0.0)));
    return new Bias(ids, values.build());
  }

  void addTo(Scores scores) {
    for (int i = 0; i < ids.length(); i++) {
      int id = ids.get(i);
      scores.change(id, scores.values()[id] + values.get(i));
    }
  }
}

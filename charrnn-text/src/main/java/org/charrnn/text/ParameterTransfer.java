package org.charrnn.text;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.charrnn.graph.Shape;
import org.charrnn.text.checkpoint.HostTensor;

/**
 * Puts the parameters of a model into those of one with a larger vocabulary, whose first symbols
 * are the same: rows and columns of symbols that both know are those of the first one, the others
 * stay as they were initialised.
 */
final class ParameterTransfer {

  private ParameterTransfer() {}

  /**
   * The grown parameters.
   *
   * @param initialised the parameters of the larger model, by name
   * @param learnt those of the smaller one, by the same names; no tensor is larger
   */
  static Map<String, HostTensor> into(
      Map<String, HostTensor> initialised, Map<String, HostTensor> learnt) {
    Map<String, HostTensor> grown = new LinkedHashMap<>();
    initialised.forEach(
        (name, tensor) -> grown.put(name, into(tensor, Objects.requireNonNull(learnt.get(name)))));
    return grown;
  }

  private static HostTensor into(HostTensor initialised, HostTensor learnt) {
    Shape from = learnt.shape();
    Shape to = initialised.shape();
    float[] values = initialised.values().clone();
    for (int row = 0; row < from.rows(); row++) {
      System.arraycopy(
          learnt.values(), row * from.columns(), values, row * to.columns(), from.columns());
    }
    return new HostTensor(to, values);
  }
}

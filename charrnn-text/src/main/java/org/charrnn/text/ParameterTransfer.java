package org.charrnn.text;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.charrnn.graph.Shape;
import org.charrnn.text.checkpoint.HostTensor;

/**
 * Copies the parameters of a model into those of one with a larger vocabulary whose first symbols
 * are the same. Rows and columns of the additional symbols keep their initial values.
 */
final class ParameterTransfer {

  private ParameterTransfer() {}

  /**
   * The parameters of the larger model.
   *
   * @param initialized the initial parameters of the larger model, by name
   * @param trained those of the smaller one, by the same names; no tensor is larger
   */
  static Map<String, HostTensor> into(
      Map<String, HostTensor> initialized, Map<String, HostTensor> trained) {
    Map<String, HostTensor> grown = new LinkedHashMap<>();
    initialized.forEach(
        (name, tensor) -> grown.put(name, into(tensor, Objects.requireNonNull(trained.get(name)))));
    return grown;
  }

  private static HostTensor into(HostTensor initialized, HostTensor trained) {
    Shape from = trained.shape();
    Shape to = initialized.shape();
    float[] values = initialized.values().clone();
    for (int row = 0; row < from.rows(); row++) {
      System.arraycopy(
          trained.values(), row * from.columns(), values, row * to.columns(), from.columns());
    }
    return new HostTensor(to, values);
  }
}

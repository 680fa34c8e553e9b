package org.charrnn.api;

import java.util.Map;
import org.charrnn.graph.Tensor;

/**
 * The parameters of one layer, by the names under which its cell declared them.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
public final class Weights {

  private final Map<String, Tensor> tensors;

  /**
   * Creates weights from tensors by name.
   *
   * @param tensors the tensors by name, which are copied
   */
  public Weights(Map<String, Tensor> tensors) {
    this.tensors = Map.copyOf(tensors);
  }

  /**
   * {@return the parameter of that name}
   *
   * @param name the name of a parameter
   * @throws IllegalArgumentException if the cell did not declare it
   */
  public Tensor get(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "the cell uses parameter '"
              + name
              + "' but declares only "
              + tensors.keySet().stream().sorted().toList());
    }
    return tensor;
  }
}

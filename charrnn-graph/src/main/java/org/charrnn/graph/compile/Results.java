package org.charrnn.graph.compile;

import java.util.Map;
import org.charrnn.graph.Tensor;

/**
 * What the caller of a program asked for.
 *
 * @param outputs the tensors to be read after a run, by name
 * @param updates the new value of each leaf that changes
 */
record Results(Map<String, Tensor> outputs, Map<Tensor, Tensor> updates) {}

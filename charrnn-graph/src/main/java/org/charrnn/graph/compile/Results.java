package org.charrnn.graph.compile;

import java.util.Map;
import org.charrnn.graph.Tensor;

/**
 * The results of a program.
 *
 * @param outputs the tensors that are read after a run, by name
 * @param updates the new value of each leaf that changes
 */
record Results(Map<String, Tensor> outputs, Map<Tensor, Tensor> updates) {}

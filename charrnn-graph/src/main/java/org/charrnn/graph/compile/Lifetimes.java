package org.charrnn.graph.compile;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.charrnn.graph.Block;
import org.charrnn.graph.Node;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.program.Buffer;
import org.jspecify.annotations.Nullable;

/** How long the tensors of one block need their temporaries; several may share one. */
final class Lifetimes {

  private final Pool pool;
  private final Map<Tensor, Integer> lastUse = new HashMap<>();
  private final Map<Tensor, Buffer> owned = new HashMap<>();
  private final Map<Buffer, Integer> owners = new HashMap<>();

  Lifetimes(Block block, Pool pool) {
    this.pool = pool;
    for (int i = 0; i < block.nodes().size(); i++) {
      for (Tensor input : block.nodes().get(i).inputs()) {
        lastUse.put(input, i);
      }
    }
    block.outputs().forEach(output -> lastUse.put(output, Integer.MAX_VALUE));
  }

  /** Keeps {@code buffer} until {@code tensor} has been read for the last time. */
  void own(Tensor tensor, Buffer buffer) {
    owned.put(tensor, buffer);
    owners.merge(buffer, 1, Integer::sum);
  }

  /**
   * A temporary that holds only one of {@code operands}, which is last read by node {@code index}
   * and has the shape of {@code output}.
   */
  @Nullable Buffer dying(List<Tensor> operands, Tensor output, int index) {
    for (Tensor operand : operands) {
      Buffer buffer = owned.get(operand);
      if (buffer != null
          && lastUse(operand) == index
          && owners.getOrDefault(buffer, 0) == 1
          && operand.type() == output.type()
          && operand.shape().rows() == output.shape().rows()
          && operand.shape().columns() == output.shape().columns()) {
        return buffer;
      }
    }
    return null;
  }

  /** Returns temporaries to the pool that no node after {@code index} reads. */
  void release(Node node, int index) {
    Set<Tensor> touched = new LinkedHashSet<>(node.inputs()); // in order, so plans are repeatable
    touched.addAll(node.outputs());
    for (Tensor tensor : touched) {
      if (lastUse(tensor) > index) {
        continue;
      }
      Buffer buffer = owned.remove(tensor);
      if (buffer != null && owners.merge(buffer, -1, Integer::sum) == 0) {
        owners.remove(buffer);
        pool.giveBack(buffer);
      }
    }
  }

  private int lastUse(Tensor tensor) {
    return lastUse.getOrDefault(tensor, -1);
  }
}

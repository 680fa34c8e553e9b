package org.charrnn.graph.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.charrnn.graph.Block;
import org.charrnn.graph.Node;
import org.charrnn.graph.Op;

/** Rewrites the block of a graph to an equivalent block that costs less. */
@FunctionalInterface
interface Pass {

  Block apply(Block block, Results results);

  /** A pass that rewrites the bodies of loops and then the block that contains them. */
  static Pass everywhere(UnaryOperator<Block> rewrite) {
    return (block, _) -> {
      List<Node> nodes = new ArrayList<>();
      for (Node node : block.nodes()) {
        nodes.add(
            node.op() instanceof Op.Scan scan
                ? scan.withBody(node, rewrite.apply(scan.body()), node.outputs())
                : node);
      }
      return rewrite.apply(new Block(block.inputs(), nodes, block.outputs()));
    };
  }
}

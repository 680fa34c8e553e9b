package org.charrnn.graph.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.charrnn.graph.Block;
import org.charrnn.graph.Node;
import org.charrnn.graph.Op;

/** Turns the block of a whole graph into an equivalent one that costs less. */
@FunctionalInterface
interface Pass {

  Block apply(Block block, Results results);

  /** A pass that treats the bodies of loops like the block around them. */
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

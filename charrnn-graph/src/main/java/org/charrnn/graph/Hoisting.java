package org.charrnn.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Moves products and look-ups that do not depend on the carried states out of a loop: {@code x_t *
 * W} in each of T steps becomes one product {@code X * W} over the window, of which the body reads
 * a slice. Element-wise nodes are moved only if a product needs them, since outside the loop they
 * would cost a pass over memory.
 */
final class Hoisting {

  private final Graph outer;
  private final Map<Tensor, Tensor> slices; // sequence -> slice, extended here
  private final int steps;
  private final Map<Tensor, Tensor> sequences = new HashMap<>(); // slice -> sequence
  private final Map<Tensor, Node> liftable = new HashMap<>(); // result -> node that can run outside
  private final Map<Tensor, Tensor> lifted = new HashMap<>();

  Hoisting(Graph outer, Map<Tensor, Tensor> slices, int steps) {
    this.outer = outer;
    this.slices = slices;
    this.steps = steps;
    slices.forEach((sequence, slice) -> sequences.put(slice, sequence));
  }

  Block apply(Block body) {
    Map<Tensor, Tensor> replacements = new HashMap<>();
    List<Node> kept = new ArrayList<>();
    for (Node node : body.nodes()) {
      if (isLiftable(node)) {
        node.outputs().forEach(output -> liftable.put(output, node));
        if (isWorthIt(node.op()) && !body.outputs().contains(node.outputs().getFirst())) {
          Tensor output = node.outputs().getFirst();
          Tensor sequence = lift(output);
          Tensor slice =
              slices.computeIfAbsent(
                  sequence,
                  _ ->
                      new Tensor(
                          output.graph(), output.type(), output.shape(), "", Role.TEMPORARY));
          replacements.put(output, slice);
          continue;
        }
      }
      kept.add(node);
    }
    return new Block(body.inputs(), kept, body.outputs()).substitute(replacements);
  }

  private static boolean isWorthIt(Op op) {
    return op instanceof Op.MatMul || op instanceof Op.Gather;
  }

  private boolean isLiftable(Node node) {
    if (!(node.op() instanceof Op.Kernel kernel)) {
      return false;
    }
    return switch (Operands.of(kernel, node.inputs(), node.outputs())) {
      case Operands.MatMul<Tensor> product ->
          !product.transposeLeft() && varies(product.left()) && isOutside(product.right());
      case Operands.Gather<Tensor>(Tensor table, Tensor ids, Tensor _) ->
          isOutside(table) && varies(ids);
      case Operands.Elementwise<Tensor>(var _, List<Tensor> operands, List<Tensor> results) -> {
        Shape shape = results.getFirst().shape();
        yield operands.stream().anyMatch(this::varies)
            && operands.stream()
                .allMatch(
                    input -> varies(input) ? broadcastsEqually(input, shape) : isConstant(input));
      }
      default -> false;
    };
  }

  /** Whether a tensor differs between steps and its values are known before the loop runs. */
  private boolean varies(Tensor tensor) {
    return sequences.containsKey(tensor) || liftable.containsKey(tensor);
  }

  /** Whether an operand, once stacked, is broadcast to the same rows as in the body. */
  private boolean broadcastsEqually(Tensor operand, Shape result) {
    return operand.shape().rows() == result.rows()
        && operand.shape().stacked(steps).broadcastsTo(result.stacked(steps));
  }

  /** Whether a tensor has the same value in each step, known before the loop runs. */
  private boolean isConstant(Tensor tensor) {
    return isOutside(tensor) || Algebra.constantValue(tensor) != null;
  }

  private boolean isOutside(Tensor tensor) {
    return tensor.graph() == outer;
  }

  /** The tensor {@code [steps, ...]} of the values that {@code tensor} takes in the loop. */
  private Tensor lift(Tensor tensor) {
    Tensor known = knownSequence(tensor);
    if (known != null) {
      return known;
    }
    Node node = liftable.get(tensor);
    if (node == null) { // the same in each step
      Double number = Algebra.constantValue(tensor);
      return number == null ? tensor : outer.constant(number);
    }
    List<Tensor> inputs = node.inputs().stream().map(this::lift).toList();
    Tensor result = outer.record(node.op(), inputs, tensor.type(), tensor.shape().stacked(steps));
    lifted.put(tensor, result);
    return result;
  }

  private @Nullable Tensor knownSequence(Tensor tensor) {
    Tensor sequence = sequences.get(tensor);
    return sequence != null ? sequence : lifted.get(tensor);
  }
}

package org.charrnn.graph.compile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.charrnn.graph.Block;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Liveness;
import org.charrnn.graph.Node;
import org.charrnn.graph.Op;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.expression.Arithmetic;
import org.charrnn.graph.expression.BinaryFunction;
import org.charrnn.graph.expression.Expression;
import org.charrnn.graph.expression.Primitive;
import org.charrnn.graph.expression.UnaryFunction;
import org.charrnn.graph.program.Instruction;
import org.charrnn.graph.program.Program;

/**
 * What the tests of passes look at: the live block of a graph, the kernels of a program, the value
 * of an expression.
 */
final class Compiled {

  private Compiled() {}

  static Results nothing() {
    return new Results(Map.of(), Map.of());
  }

  static Results results(Graph graph) {
    return new Results(graph.outputs(), graph.updates());
  }

  static Block block(Graph graph) {
    return Liveness.prune(
        new Block(
            List.copyOf(graph.leaves().values()), graph.nodes(), List.copyOf(graph.results())));
  }

  static List<Node> nodes(Block block, Class<? extends Op> kind) {
    return block.nodes().stream().filter(node -> kind.isInstance(node.op())).toList();
  }

  static Expression expression(Node node) {
    return ((Op.Elementwise) node.op()).expression();
  }

  /** How often an expression applies a function. */
  static long count(Expression expression, Primitive primitive) {
    return expression.terms().stream()
        .filter(term ->
            switch (term) {
              case Expression.Term.Constant _ -> false;
              case Expression.Term.Unary(UnaryFunction function, int _) -> function == primitive;
              case Expression.Term.Binary(BinaryFunction function, int _, int _) ->
                  function == primitive;
            })
        .count();
  }

  static long countConstants(Expression expression) {
    return expression.terms().stream().filter(Expression.Term.Constant.class::isInstance).count();
  }

  /** All kernels that a program runs, those of loops included. */
  static List<Instruction.Run> runs(Program program) {
    List<Instruction.Run> runs = new ArrayList<>();
    for (Instruction instruction : program.instructions()) {
      switch (instruction) {
        case Instruction.Run run -> runs.add(run);
        case Instruction.Loop loop -> runs.addAll(loop.body());
      }
    }
    return runs;
  }

  static List<Instruction.Run> runs(Program program, Class<? extends Op.Kernel> kind) {
    return runs(program).stream().filter(run -> kind.isInstance(run.kernel())).toList();
  }

  /** The results of an expression for single numbers. */
  static double[] evaluate(Expression expression, double... operands) {
    List<Double> values = Arrays.stream(operands).boxed().toList();
    return expression.evaluate(Arithmetic.DOUBLES, values).stream()
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  /**
   * Checks that each node of a block comes after those whose results it reads, and that nothing is
   * computed twice.
   */
  static boolean isInOrder(Block block) {
    List<Tensor> missing = new ArrayList<>();
    block.nodes().forEach(node -> missing.addAll(node.outputs()));
    for (Node node : block.nodes()) {
      if (node.inputs().stream().anyMatch(missing::contains)) {
        return false;
      }
      for (Tensor output : node.outputs()) {
        missing.remove(output);
        if (missing.contains(output)) {
          return false;
        }
      }
    }
    return true;
  }
}

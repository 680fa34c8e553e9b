package org.charrnn.optim.adam;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.charrnn.api.Hyperparameters;
import org.charrnn.api.Optimizer;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Role;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;
import org.charrnn.graph.compile.Compiler;
import org.charrnn.graph.gradient.Gradients;
import org.charrnn.graph.program.Program;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which settings leave rows of a table alone that do not occur in a window, so that they need not
 * be visited.
 */
class RowsOfATableTest {

  @ParameterizedTest
  @CsvSource({"0, 0, true", "0.9, 0, false", "0, 0.1, false"})
  void sgd_visitsOnlyRowsThatOccur(double momentum, double decay, boolean sparse) {
    Program program = program(new Sgd(), Map.of("momentum", momentum, "weight-decay", decay));
    assertEquals(sparse, program.toString().contains("UpdateRows"), program::toString);
    boolean velocityIsWritten =
        program.toString().lines().anyMatch(line -> line.startsWith("  table.velocity"));
    assertEquals(momentum > 0, velocityIsWritten, program::toString);
  }

  /** A table of 50 rows of which 4 are read. */
  private static Program program(Optimizer optimizer, Map<String, Double> set) {
    Graph graph = new Graph();
    Shape shape = Shape.of(50, 3);
    Tensor table = graph.parameter("table", shape);
    Tensor ids = graph.input("ids", Type.I32, Shape.of(4));
    Tensor gradient = Gradients.of(ids.matmul(table).square().sum(), List.of(table)).getFirst();
    Tensor velocity = graph.leaf(Role.OPTIMIZER_STATE, Type.F32, "table.velocity", shape);
    Tensor rate = graph.input("rate", Type.F32, Shape.SCALAR);
    Tensor number = graph.input("step", Type.F32, Shape.SCALAR);
    Optimizer.UpdateContext step =
        new Optimizer.UpdateContext(rate, number, Hyperparameters.resolve(optimizer, set));
    Optimizer.Update update = optimizer.update(table, gradient, List.of(velocity), step);
    graph.update(table, update.parameter());
    graph.update(velocity, update.state().getFirst());
    return Compiler.compile(graph, "update");
  }
}

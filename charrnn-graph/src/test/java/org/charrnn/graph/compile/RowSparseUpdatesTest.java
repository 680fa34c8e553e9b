package org.charrnn.graph.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.charrnn.graph.Block;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Liveness;
import org.charrnn.graph.Node;
import org.charrnn.graph.Op;
import org.charrnn.graph.Optimization;
import org.charrnn.graph.Role;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;
import org.charrnn.graph.gradient.Gradients;
import org.charrnn.graph.program.Instruction;
import org.charrnn.graph.program.Program;
import org.charrnn.graph.program.Slot;
import org.junit.jupiter.api.Test;

class RowSparseUpdatesTest {

  private static final int ROWS = 50;

  private Graph graph;
  private Tensor table;
  private Tensor rate;
  private Tensor ids;

  RowSparseUpdatesTest() {
    start(EnumSet.allOf(Optimization.class));
  }

  /** Starts over with leaves on a graph of the given optimizations. */
  private void start(Set<Optimization> optimizations) {
    graph = new Graph(optimizations);
    table = graph.parameter("table", Shape.of(ROWS, 4));
    rate = graph.input("rate", Type.F32, Shape.SCALAR);
    ids = graph.input("ids", Type.I32, Shape.of(3, 2));
  }

  private Tensor loss() {
    return ids.matmul(table).tanh().sum();
  }

  private Tensor gradient() {
    return Gradients.of(loss(), List.of(table)).getFirst();
  }

  private Tensor state() {
    return graph.leaf(Role.OPTIMIZER_STATE, Type.F32, "state", table.shape());
  }

  private void sgd(Tensor gradient) {
    graph.update(table, table.minus(rate.times(gradient)));
  }

  private void adagrad(Tensor gradient) {
    Tensor state = state();
    Tensor squares = state.plus(gradient.square());
    graph.update(table, table.minus(rate.times(gradient).dividedBy(squares.plus(1e-8).sqrt())));
    graph.update(state, squares);
  }

  private Block apply() {
    Block fused = Liveness.prune(FuseElementwise.apply(Compiled.block(graph)));
    Block sparse = Liveness.prune(RowSparseUpdates.apply(fused, Compiled.results(graph)));
    assertTrue(Compiled.isInOrder(sparse));
    return sparse;
  }

  private void assertSparse() {
    Block block = apply();
    assertEquals(1, Compiled.nodes(block, Op.UpdateRows.class).size());
    assertEquals(new Op.ScatterAdd(6), Compiled.nodes(block, Op.ScatterAdd.class).getFirst().op());
    assertEquals(
        new Op.UniqueRows(ROWS), Compiled.nodes(block, Op.UniqueRows.class).getFirst().op());
  }

  private void assertDense() {
    Block block = apply();
    assertEquals(List.of(), Compiled.nodes(block, Op.UpdateRows.class));
    assertEquals(List.of(), Compiled.nodes(block, Op.UniqueRows.class));
    Compiled.nodes(block, Op.ScatterAdd.class)
        .forEach(node -> assertEquals(new Op.ScatterAdd(ROWS), node.op()));
  }

  // ---- applied

  @Test
  void sgd_updatesRows() {
    sgd(gradient());
    Block block = apply();
    Node update = Compiled.nodes(block, Op.UpdateRows.class).getFirst();
    Node unique = Compiled.nodes(block, Op.UniqueRows.class).getFirst();
    assertEquals(
        List.of(Shape.of(1, 6), ids.shape()),
        unique.outputs().stream().map(Tensor::shape).toList());
    assertSame(unique.outputs().get(0), update.inputs().getFirst());
    List<Integer> tables = ((Op.UpdateRows) update.op()).tables();
    assertSame(table, update.inputs().get(1 + tables.getFirst()));
    assertEquals(List.of(graph.updates().get(table)), update.outputs());
  }

  @Test
  void adagrad_updatesRowsOfTableAndState() {
    adagrad(gradient());
    assertSparse();
    Node update = Compiled.nodes(apply(), Op.UpdateRows.class).getFirst();
    assertEquals(2, update.outputs().size());
    assertEquals(2, ((Op.UpdateRows) update.op()).tables().stream().distinct().count());
  }

  @Test
  void clippedByGlobalNorm_updatesRows() {
    Tensor dense = graph.parameter("dense", Shape.of(4, 4));
    List<Tensor> gradients =
        Gradients.of(ids.matmul(table).matmul(dense).tanh().sum(), List.of(table, dense));
    Tensor norm =
        gradients.stream()
            .map(gradient -> gradient.square().sum())
            .reduce(Tensor::plus)
            .orElseThrow()
            .sqrt();
    Tensor scale = graph.constant(5).dividedBy(norm.maximum(5));
    adagrad(gradients.getFirst().times(scale));
    assertSparse();
  }

  @Test
  void clippedByValue_updatesRows() {
    sgd(gradient().maximum(-1).minimum(1));
    assertSparse();
  }

  @Test
  void gradientThatIsNegated_updatesRows() {
    graph.update(table, table.plus(rate.times(gradient()).negate()));
    assertSparse();
  }

  @Test
  void twoTablesOfTheSameIds_shareTheRows() {
    Tensor second = graph.parameter("second", Shape.of(ROWS, 4));
    Tensor loss = ids.matmul(table).times(ids.matmul(second)).sum();
    List<Tensor> gradients = Gradients.of(loss, List.of(table, second));
    graph.update(table, table.minus(rate.times(gradients.get(0))));
    graph.update(second, second.minus(rate.times(gradients.get(1))));
    Block block = apply();
    assertEquals(1, Compiled.nodes(block, Op.UniqueRows.class).size());
    assertEquals(2, Compiled.nodes(block, Op.UpdateRows.class).size());
  }

  @Test
  void programUpdatesInPlace() {
    adagrad(gradient());
    Program program = Compiler.compile(graph, "p");
    Instruction.Run update = Compiled.runs(program, Op.UpdateRows.class).getFirst();
    Op.UpdateRows op = (Op.UpdateRows) update.kernel();
    for (int k = 0; k < update.outputs().size(); k++) {
      assertEquals(update.inputs().get(1 + op.tables().get(k)), update.outputs().get(k));
      assertTrue(update.outputs().get(k).buffer().isExternal());
    }
    assertTrue(program.temporaryBytes() < 4L * ROWS * 4, "no temporary is as large as the table");
  }

  @Test
  void updateRows_comesAfterEveryOtherReaderOfTheTable() {
    sgd(gradient());
    graph.output("rows", ids.matmul(table).exp());
    List<Instruction.Run> runs = Compiled.runs(Compiler.compile(graph, "p"));
    assertTrue(runs.getLast().kernel() instanceof Op.UpdateRows);
  }

  // ---- not applied

  @Test
  void momentumThatDecays_isDense() {
    Tensor state = state();
    Tensor momentum = state.times(0.9).plus(gradient());
    graph.update(table, table.minus(rate.times(momentum)));
    graph.update(state, momentum);
    assertDense();
  }

  @Test
  void weightDecay_isDense() {
    graph.update(table, table.times(0.99).minus(rate.times(gradient())));
    assertDense();
  }

  @Test
  void asManyIdsAsRows_isDense() {
    Tensor small = graph.parameter("small", Shape.of(6, 4));
    Tensor gradient = Gradients.of(ids.matmul(small).tanh().sum(), List.of(small)).getFirst();
    graph.update(small, small.minus(rate.times(gradient)));
    Block block = apply();
    assertEquals(List.of(), Compiled.nodes(block, Op.UpdateRows.class));
    assertEquals(new Op.ScatterAdd(6), Compiled.nodes(block, Op.ScatterAdd.class).getFirst().op());
  }

  @Test
  void gradientThatIsAnOutput_isDense() {
    Tensor gradient = gradient();
    sgd(gradient);
    graph.output("gradient", gradient);
    assertDense();
  }

  @Test
  void newTableThatIsAnOutputToo_isDense() {
    // The output would have its own memory, in which the rows that do not occur would be missing.
    Tensor next = table.minus(rate.times(gradient()));
    graph.update(table, next);
    graph.output("next", next);
    assertDense();
  }

  @Test
  void newTableThatIsReadOn_isDense() {
    Tensor next = table.minus(rate.times(gradient()));
    graph.update(table, next);
    graph.output("sum", next.sum());
    assertDense();
  }

  @Test
  void tableThatIsReadAfterwards_isDense() {
    sgd(gradient());
    graph.output("sum", table.sum());
    assertDense();
  }

  @Test
  void gradientWithoutUpdate_isDense() {
    graph.output("norm", gradient().square().sum());
    assertDense();
  }

  @Test
  void tiedWeights_areDense() {
    Tensor logits = ids.matmul(table).matmulTransposed(table);
    Tensor gradient = Gradients.of(logits.tanh().sum(), List.of(table)).getFirst();
    adagrad(gradient);
    assertDense();
  }

  @Test
  void operandThatDiffersFromRowToRow_isDense() {
    Tensor rates = graph.parameter("rates", Shape.of(ROWS, 1));
    graph.update(table, table.minus(rates.times(gradient())));
    assertDense();
  }

  @Test
  void sumPerRow_isDense() {
    Tensor gradient = gradient();
    graph.output("perRow", gradient.square().sumTo(Shape.of(ROWS, 1)));
    sgd(gradient);
    assertDense();
  }

  @Test
  void gradientThatIsRepeated_isDense() {
    Tensor gradient = gradient();
    graph.output("sum", gradient.broadcastTo(Shape.of(2, ROWS, 4)).sum());
    sgd(gradient);
    assertDense();
  }

  @Test
  void switchedOff_isDenseAndWritesTheWholeTable() {
    start(EnumSet.complementOf(EnumSet.of(Optimization.ROW_SPARSE_UPDATES)));
    sgd(gradient());
    Program program = Compiler.compile(graph, "p");
    Slot written = Compiled.runs(program).getLast().outputs().getFirst();
    assertEquals("table", written.buffer().name());
    assertTrue(Compiled.runs(program, Op.UpdateRows.class).isEmpty());
  }
}

package org.charrnn.graph.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Optimization;
import org.charrnn.graph.Role;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;
import org.charrnn.graph.gradient.Gradients;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Instruction;
import org.charrnn.graph.program.Program;
import org.charrnn.graph.program.Slot;
import org.junit.jupiter.api.Test;

/** Plans are compared as text: a result, an arrow, the kernel and its operands, line by line. */
class PlannerTest {

  private Graph graph;
  private Tensor a;
  private Tensor b;
  private Tensor x;
  private Tensor h;

  PlannerTest() {
    start(EnumSet.noneOf(Optimization.class));
  }

  /** Starts over with leaves on a graph of the given optimizations. */
  private void start(Set<Optimization> optimizations) {
    graph = new Graph(optimizations);
    a = graph.parameter("a", Shape.of(3, 3));
    b = graph.parameter("b", Shape.of(3, 3));
    x = graph.input("x", Type.F32, Shape.of(4, 2, 3));
    h = graph.leaf(Role.CARRIED_STATE, Type.F32, "h", Shape.of(2, 3));
  }

  private Program plan() {
    return Compiler.compile(graph, "p");
  }

  private void assertPlan(String expected) {
    assertEquals(expected, instructions(plan()));
  }

  /** The lines of instructions, with attributes in the short form {@code tanh} or {@code a * b}. */
  private static String instructions(Program program) {
    return program
        .toString()
        .lines()
        .filter(line -> line.contains("<-") || line.contains("for "))
        .map(line -> line.substring(2).replace("expression=", ""))
        .map(line -> line.replaceAll("\\[transposeA=false, transposeB=false]", ""))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  // ---- memory of the caller

  @Test
  void externals_areAllLeavesAndOutputs_usedOrNot() {
    graph.input("ids", Type.I32, Shape.of(7));
    graph.leaf(Role.OPTIMIZER_STATE, Type.F32, "state", Shape.of(3));
    graph.output("y", a.tanh());
    assertEquals(
        """
        program p
          F32 a[3, 3] PARAMETER
          F32 b[3, 3] PARAMETER
          F32 x[4, 2, 3] INPUT
          F32 h[2, 3] CARRIED_STATE
          I32 ids[7] INPUT
          F32 state[3] OPTIMIZER_STATE
          F32 y[3, 3] OUTPUT
          y[3, 3] <- Elementwise[expression=v1 = tanh(v0) -> v1] a[3, 3]
        """,
        plan().toString());
    List<Buffer> buffers = plan().buffers();
    for (int i = 0; i < buffers.size(); i++) {
      assertEquals(i, buffers.get(i).index());
    }
  }

  @Test
  void output_isWrittenToItsBuffer() {
    graph.output("y", a.tanh().exp());
    assertPlan(
        """
        t5[3, 3] <- Elementwise[v1 = tanh(v0) -> v1] a[3, 3]
        y[3, 3] <- Elementwise[v1 = exp(v0) -> v1] t5[3, 3]
        """);
  }

  @Test
  void output_sameValueTwice_isCopiedOnce() {
    graph.output("y", a.tanh());
    graph.output("z", a.tanh());
    assertPlan(
        """
        y[3, 3] <- Elementwise[v1 = tanh(v0) -> v1] a[3, 3]
        z[3, 3] <- Elementwise[v1 = v0 -> v1] y[3, 3]
        """);
  }

  @Test
  void update_overwritesTheLeaf() {
    graph.update(a, a.times(b));
    assertPlan(
        """
        a[3, 3] <- Elementwise[v2 = v0 * v1 -> v2] a[3, 3] b[3, 3]
        """);
  }

  @Test
  void update_byAProductThatReadsTheLeaf_isCopiedAtTheEnd() {
    graph.update(a, a.matmul(b));
    assertPlan(
        """
        t4[3, 3] <- MatMul a[3, 3] b[3, 3]
        a[3, 3] <- Elementwise[v1 = v0 -> v1] t4[3, 3]
        """);
  }

  @Test
  void update_byAProductAddedToTheLeaf_overwritesIt() {
    start(EnumSet.allOf(Optimization.class));
    graph.update(a, b.matmul(b).plus(a));
    assertPlan(
        """
        a[3, 3] <- MatMul b[3, 3] b[3, 3] a[3, 3]
        """);
  }

  @Test
  void update_byAProductOfTheLeafAddedToIt_isCopiedAtTheEnd() {
    start(EnumSet.allOf(Optimization.class));
    graph.update(a, a.matmul(b).plus(a));
    assertPlan(
        """
        t4[3, 3] <- MatMul a[3, 3] b[3, 3] a[3, 3]
        a[3, 3] <- Elementwise[v1 = v0 -> v1] t4[3, 3]
        """);
  }

  @Test
  void update_leafThatIsReadLater_isCopiedAtTheEnd() {
    graph.update(a, a.times(2));
    graph.output("y", a.matmul(b));
    assertPlan(
        """
        t5[1, 1] <- Elementwise[v0 = 2.0 -> v0]
        t6[3, 3] <- Elementwise[v2 = v0 * v1 -> v2] a[3, 3] t5[1, 1]
        y[3, 3] <- MatMul a[3, 3] b[3, 3]
        a[3, 3] <- Elementwise[v1 = v0 -> v1] t6[3, 3]
        """);
  }

  @Test
  void update_twoLeavesSwapTheirValues_oneByADetour() {
    graph.update(a, b);
    graph.update(b, a);
    assertPlan(
        """
        t4[3, 3] <- Elementwise[v1 = v0 -> v1] b[3, 3]
        b[3, 3] <- Elementwise[v1 = v0 -> v1] a[3, 3]
        a[3, 3] <- Elementwise[v1 = v0 -> v1] t4[3, 3]
        """);
  }

  @Test
  void update_oneValueOfTwoLeaves_isCopied() {
    Tensor value = a.times(b);
    graph.update(a, value);
    graph.update(b, value);
    assertPlan(
        """
        a[3, 3] <- Elementwise[v2 = v0 * v1 -> v2] a[3, 3] b[3, 3]
        b[3, 3] <- Elementwise[v1 = v0 -> v1] a[3, 3]
        """);
  }

  @Test
  void update_thatIsAnOutputToo_isBoth() {
    Tensor value = a.times(b);
    graph.update(a, value);
    graph.output("y", value);
    assertPlan(
        """
        y[3, 3] <- Elementwise[v2 = v0 * v1 -> v2] a[3, 3] b[3, 3]
        a[3, 3] <- Elementwise[v1 = v0 -> v1] y[3, 3]
        """);
  }

  @Test
  void output_oldValueOfALeafThatChanges_isCopiedFirst() {
    graph.update(a, a.times(2));
    graph.output("old", a);
    assertPlan(
        """
        t5[1, 1] <- Elementwise[v0 = 2.0 -> v0]
        t6[3, 3] <- Elementwise[v2 = v0 * v1 -> v2] a[3, 3] t5[1, 1]
        old[3, 3] <- Elementwise[v1 = v0 -> v1] a[3, 3]
        a[3, 3] <- Elementwise[v1 = v0 -> v1] t6[3, 3]
        """);
  }

  // ---- temporaries

  @Test
  void temporaries_areShared() {
    Tensor value = a;
    for (int i = 0; i < 10; i++) {
      value = value.matmul(b);
    }
    graph.output("y", value);
    assertEquals(2, plan().buffers(Role.TEMPORARY).size());
    assertEquals(2 * 9 * 4, plan().temporaryBytes());
  }

  @Test
  void temporaries_thatAreStillRead_areNotShared() {
    Tensor first = a.matmul(b);
    Tensor second = first.matmul(b);
    graph.output("y", second.matmul(b).matmul(first));
    assertPlan(
        """
        t5[3, 3] <- MatMul a[3, 3] b[3, 3]
        t6[3, 3] <- MatMul t5[3, 3] b[3, 3]
        t7[3, 3] <- MatMul t6[3, 3] b[3, 3]
        y[3, 3] <- MatMul t7[3, 3] t5[3, 3]
        """);
  }

  @Test
  void elementwise_overwritesAnOperandThatItReadsLast() {
    graph.output("y", a.matmul(b).tanh().matmul(b));
    assertPlan(
        """
        t5[3, 3] <- MatMul a[3, 3] b[3, 3]
        t5[3, 3] <- Elementwise[v1 = tanh(v0) -> v1] t5[3, 3]
        y[3, 3] <- MatMul t5[3, 3] b[3, 3]
        """);
  }

  @Test
  void elementwise_doesNotOverwriteAnOperandThatIsBroadcast() {
    Tensor row = a.sumTo(Shape.of(3)).tanh();
    graph.output("y", row.plus(b).matmul(b));
    assertPlan(
        """
        t5[1, 3] <- Sum[] a[3, 3]
        t5[1, 3] <- Elementwise[v1 = tanh(v0) -> v1] t5[1, 3]
        t6[3, 3] <- Elementwise[v2 = v0 + v1 -> v2] t5[1, 3] b[3, 3]
        y[3, 3] <- MatMul t6[3, 3] b[3, 3]
        """);
  }

  @Test
  void products_doNotOverlapTheirFactors() {
    start(EnumSet.allOf(Optimization.class));
    graph.output("y", a.matmul(b).matmul(a.tanh()).matmul(b.exp()).tanh());
    assertPlan(
        """
        t5[3, 3] <- MatMul a[3, 3] b[3, 3]
        t6[3, 3] <- Elementwise[v1 = tanh(v0) -> v1] a[3, 3]
        t7[3, 3] <- MatMul t5[3, 3] t6[3, 3]
        t5[3, 3] <- Elementwise[v1 = exp(v0) -> v1] b[3, 3]
        t6[3, 3] <- MatMul t7[3, 3] t5[3, 3]
        y[3, 3] <- Elementwise[v1 = tanh(v0) -> v1] t6[3, 3]
        """);
  }

  @Test
  void crossEntropy_overOneSymbol_gradientOverwritesTheLogits_lossDoesNot() {
    start(EnumSet.allOf(Optimization.class));
    Tensor column = graph.parameter("column", Shape.of(3, 1));
    Tensor targets = graph.input("targets", Type.I32, Shape.of(3, 1));
    Tensor losses = graph.crossEntropy(a.matmul(column), targets);
    Tensor gradient = Gradients.of(losses.sum(), List.of(column)).getFirst();
    graph.output("loss", losses.sum());
    graph.update(column, column.minus(gradient));
    assertPlan(
        """
        t7[3, 1] <- MatMul a[3, 3] column[3, 1]
        t8[3, 1] <- Elementwise[v0 = 1.0 -> v0]
        t9[3, 1] t7[3, 1] <- CrossEntropy[loss=true, gradient=true] t7[3, 1] targets[3, 1] t8[3, 1]
        loss[] <- Sum[] t9[3, 1]
        t8[3, 1] <- MatMul[transposeA=true, transposeB=false] a[3, 3] t7[3, 1]
        column[3, 1] <- Elementwise[v2 = v0 - v1 -> v2] column[3, 1] t8[3, 1]
        """);
  }

  @Test
  void crossEntropy_ofALeafOverOneSymbol_lossDoesNotOverwriteIt() {
    Tensor logits = graph.parameter("logits", Shape.of(3, 1));
    Tensor targets = graph.input("targets", Type.I32, Shape.of(3, 1));
    graph.update(logits, graph.crossEntropy(logits, targets));
    assertPlan(
        """
        t6[3, 1] <- CrossEntropy[loss=true, gradient=false] logits[3, 1] targets[3, 1]
        logits[3, 1] <- Elementwise[v1 = v0 -> v1] t6[3, 1]
        """);
  }

  @Test
  void plan_isDeterministic() {
    Set<String> texts = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      Graph fresh = new Graph();
      Tensor square = fresh.input("x", Type.F32, Shape.of(4, 4));
      Tensor left = square.matmul(square);
      Tensor right = left.matmul(square);
      Tensor sum = left.matmul(right).plus(right.matmul(left));
      Tensor root = sum.tanh().matmul(sum); // left and right are freed at the same time
      fresh.output("y", root.matmul(sum).matmul(root));
      texts.add(Compiler.compile(fresh, "p").toString());
    }
    assertEquals(1, texts.size());
  }

  // ---- loops

  private Graph.Scanned scan() {
    return graph.scan(
        List.of(x),
        List.of(h),
        (slices, carried) -> {
          Tensor next = carried.getFirst().matmul(a).plus(slices.getFirst()).tanh();
          return new Graph.StepResult(List.of(next), List.of(next));
        });
  }

  /** The states of 4 steps and the initial one share a buffer, and nothing is copied. */
  @Test
  void loop_carriedStates_areConsecutiveInOneBuffer() {
    Graph.Scanned scanned = scan();
    graph.output("all", scanned.outputs().getFirst());
    graph.update(h, scanned.last().getFirst());
    assertPlan(
        """
        t5[10, 3]@0x2 <- Elementwise[v1 = v0 -> v1] h[2, 3]
        for t = 0 .. 3
          t6[2, 3] <- MatMul t5[10, 3]@0+2tx2 a[3, 3]
          t6[2, 3] <- Elementwise[v2 = v0 + v1 -> v2] t6[2, 3] x[4, 2, 3]@0+2tx2
          t5[10, 3]@2+2tx2 <- Elementwise[v1 = tanh(v0) -> v1] t6[2, 3]
        all[4, 2, 3] <- Elementwise[v1 = v0 -> v1] t5[10, 3]@2x8
        h[2, 3] <- Elementwise[v1 = v0 -> v1] t5[10, 3]@8x2
        """);
  }

  @Test
  void loop_backwards_startsAtTheEnd() {
    Graph.Scanned scanned = scan();
    Tensor gradient = Gradients.of(scanned.last().getFirst().sum(), List.of(h)).getFirst();
    graph.output("gradient", gradient);
    assertPlan(
        """
        t5[10, 3]@0x2 <- Elementwise[v1 = v0 -> v1] h[2, 3]
        for t = 0 .. 3
          t6[2, 3] <- MatMul t5[10, 3]@0+2tx2 a[3, 3]
          t6[2, 3] <- Elementwise[v2 = v0 + v1 -> v2] t6[2, 3] x[4, 2, 3]@0+2tx2
          t5[10, 3]@2+2tx2 <- Elementwise[v1 = tanh(v0) -> v1] t6[2, 3]
        t7[1, 1] <- Elementwise[v0 = 1.0 -> v0]
        t6[2, 3] <- Elementwise[v1 = v0 -> v1] t7[1, 1]
        t8[10, 3]@8x2 <- Elementwise[v1 = v0 -> v1] t6[2, 3]
        for t = 3 .. 0
          t9[2, 3] <- Elementwise[v2 = v0 * v1 -> v2] t5[10, 3]@2+2tx2 t5[10, 3]@2+2tx2
          t7[1, 1] <- Elementwise[v0 = 1.0 -> v0]
          t9[2, 3] <- Elementwise[v2 = v0 - v1 -> v2] t7[1, 1] t9[2, 3]
          t9[2, 3] <- Elementwise[v2 = v0 * v1 -> v2] t8[10, 3]@2+2tx2 t9[2, 3]
          t8[10, 3]@0+2tx2 <- MatMul[transposeA=false, transposeB=true] t9[2, 3] a[3, 3]
        gradient[2, 3] <- Elementwise[v1 = v0 -> v1] t8[10, 3]@0x2
        """);
  }

  @Test
  void loop_stackedOutput_hasRowsForEachStep() {
    Graph.Scanned scanned =
        graph.scan(
            List.of(x),
            List.of(h),
            (slices, carried) ->
                new Graph.StepResult(
                    List.of(carried.getFirst().plus(slices.getFirst())),
                    List.of(carried.getFirst().matmul(a), carried.getFirst().sum())));
    graph.output("products", scanned.outputs().get(0));
    graph.output("sums", scanned.outputs().get(1));
    assertPlan(
        """
        t6[10, 3]@0x2 <- Elementwise[v1 = v0 -> v1] h[2, 3]
        for t = 0 .. 3
          t6[10, 3]@2+2tx2 <- Elementwise[v2 = v0 + v1 -> v2] t6[10, 3]@0+2tx2 x[4, 2, 3]@0+2tx2
          t7[8, 3]@0+2tx2 <- MatMul t6[10, 3]@0+2tx2 a[3, 3]
          t8[4, 1]@0+1tx1 <- Sum[] t6[10, 3]@0+2tx2
        products[4, 2, 3] <- Elementwise[v1 = v0 -> v1] t7[8, 3]
        sums[4, 1] <- Elementwise[v1 = v0 -> v1] t8[4, 1]
        """);
  }

  @Test
  void loop_temporariesOfTheBody_doNotOverlapOuterValuesThatItReads() {
    Tensor scale = b.exp();
    Graph.Scanned scanned =
        graph.scan(
            List.of(x),
            List.of(h),
            (slices, carried) -> {
              Tensor next =
                  carried.getFirst().matmul(scale).tanh().matmul(a).plus(slices.getFirst());
              return new Graph.StepResult(List.of(next), List.of());
            });
    graph.output("last", scanned.last().getFirst());
    assertPlan(
        """
        t5[3, 3] <- Elementwise[v1 = exp(v0) -> v1] b[3, 3]
        t6[10, 3]@0x2 <- Elementwise[v1 = v0 -> v1] h[2, 3]
        for t = 0 .. 3
          t7[2, 3] <- MatMul t6[10, 3]@0+2tx2 t5[3, 3]
          t7[2, 3] <- Elementwise[v1 = tanh(v0) -> v1] t7[2, 3]
          t8[2, 3] <- MatMul t7[2, 3] a[3, 3]
          t6[10, 3]@2+2tx2 <- Elementwise[v2 = v0 + v1 -> v2] t8[2, 3] x[4, 2, 3]@0+2tx2
        last[2, 3] <- Elementwise[v1 = v0 -> v1] t6[10, 3]@8x2
        """);
  }

  /** The body of a loop that is one expression; its state is stacked if {@code stacked}. */
  private Graph.Scanned gates(Tensor sequence, boolean stacked) {
    return graph.scan(
        List.of(sequence),
        List.of(h),
        (slices, carried) -> {
          Tensor gate = slices.getFirst().sigmoid();
          Tensor next = gate.times(carried.getFirst());
          return new Graph.StepResult(List.of(next), stacked ? List.of(gate, next) : List.of(gate));
        });
  }

  @Test
  void loop_oneExpression_overwritesItsStateAndASequenceThatIsReadLast() {
    start(EnumSet.of(Optimization.FUSE_ELEMENTWISE));
    Graph.Scanned scanned = gates(x.matmul(a), false);
    graph.output("last", scanned.last().getFirst());
    graph.output("gates", scanned.outputs().getFirst());
    assertPlan(
        """
        t6[8, 3] <- MatMul x[4, 2, 3] a[3, 3]
        t7[2, 3] <- Elementwise[v1 = v0 -> v1] h[2, 3]
        for t = 0 .. 3
          t6[8, 3]@0+2tx2 t7[2, 3] <- Elementwise[v2 = sigmoid(v0); v3 = v2 * v1 -> v2 v3] t6[8, 3]@0+2tx2 t7[2, 3]
        last[2, 3] <- Elementwise[v1 = v0 -> v1] t7[2, 3]
        gates[4, 2, 3] <- Elementwise[v1 = v0 -> v1] t6[8, 3]
        """);
  }

  @Test
  void loop_oneExpression_keepsStackedStatesAndSequencesThatAreReadLater() {
    start(EnumSet.of(Optimization.FUSE_ELEMENTWISE));
    Tensor product = x.matmul(a);
    Graph.Scanned scanned = gates(product, true);
    graph.output("states", scanned.outputs().get(1));
    graph.output("gates", scanned.outputs().get(0).plus(product));
    assertPlan(
        """
        t6[8, 3] <- MatMul x[4, 2, 3] a[3, 3]
        t7[10, 3]@0x2 <- Elementwise[v1 = v0 -> v1] h[2, 3]
        for t = 0 .. 3
          t8[8, 3]@0+2tx2 t7[10, 3]@2+2tx2 <- Elementwise[v2 = sigmoid(v0); v3 = v2 * v1 -> v2 v3] t6[8, 3]@0+2tx2 t7[10, 3]@0+2tx2
        gates[4, 2, 3] <- Elementwise[v2 = v0 + v1 -> v2] t8[8, 3] t6[8, 3]
        states[4, 2, 3] <- Elementwise[v1 = v0 -> v1] t7[10, 3]@2x8
        """);
  }

  @Test
  void loop_sequenceThatTheCallerOwns_isNotOverwritten() {
    start(EnumSet.of(Optimization.FUSE_ELEMENTWISE));
    graph.output("gates", gates(x, false).outputs().getFirst());
    assertPlan(
        """
        t5[2, 3] <- Elementwise[v1 = v0 -> v1] h[2, 3]
        for t = 0 .. 3
          t6[8, 3]@0+2tx2 t5[2, 3] <- Elementwise[v2 = sigmoid(v0); v3 = v2 * v1 -> v2 v3] x[4, 2, 3]@0+2tx2 t5[2, 3]
        gates[4, 2, 3] <- Elementwise[v1 = v0 -> v1] t6[8, 3]
        """);
  }

  @Test
  void everySlot_isInsideItsBuffer() {
    for (Set<Optimization> optimizations :
        List.of(EnumSet.noneOf(Optimization.class), EnumSet.allOf(Optimization.class))) {
      start(optimizations);
      Graph.Scanned scanned = scan();
      Tensor logits = scanned.outputs().getFirst().matmul(b);
      Tensor targets = graph.input("targets", Type.I32, Shape.of(4, 2));
      Tensor loss = graph.crossEntropy(logits, targets).mean();
      List<Tensor> gradients = Gradients.of(loss, List.of(a, b));
      graph.output("loss", loss);
      graph.update(a, a.minus(gradients.get(0)));
      graph.update(b, b.minus(gradients.get(1)));
      graph.update(h, scanned.last().getFirst());
      for (Instruction instruction : plan().instructions()) {
        switch (instruction) {
          case Instruction.Run run -> assertInside(run, 1);
          case Instruction.Loop loop -> loop.body().forEach(run -> assertInside(run, loop.steps()));
        }
      }
    }
  }

  private static void assertInside(Instruction.Run run, int steps) {
    for (Slot slot : Stream.concat(run.inputs().stream(), run.outputs().stream()).toList()) {
      assertTrue(slot.firstRow(0) >= 0, slot::toString);
      assertTrue(slot.firstRow(steps - 1) + slot.rows() <= slot.buffer().rows(), slot::toString);
    }
  }
}

package org.charrnn.graph.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.charrnn.graph.Gradients;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Op;
import org.charrnn.graph.Optimization;
import org.charrnn.graph.Role;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Instruction;
import org.charrnn.graph.program.Program;
import org.charrnn.graph.program.Slot;
import org.junit.jupiter.api.Test;

class PlannerTest {

  private static final Set<Optimization> NONE = EnumSet.noneOf(Optimization.class);

  private final Graph graph = new Graph();
  private final Tensor a = graph.parameter("a", Shape.of(3, 3));
  private final Tensor b = graph.parameter("b", Shape.of(3, 3));

  private Program plain() {
    return Compiler.compile(graph, "p", NONE);
  }

  private static Instruction.Run run(Program program, int index) {
    return (Instruction.Run) program.instructions().get(index);
  }

  private static boolean isWhole(Slot slot, String name) {
    return slot.buffer().name().equals(name)
        && slot.row() == 0
        && slot.rows() == slot.buffer().rows();
  }

  // ---- memory of the caller

  @Test
  void externals_areAllLeavesAndOutputs_usedOrNot() {
    graph.input("ids", Type.I32, Shape.of(7));
    graph.leaf(Role.OPTIMIZER_STATE, Type.F32, "state", Shape.of(3));
    graph.output("y", a.tanh());
    Program program = plain();
    assertEquals(
        List.of("a", "b", "x", "h", "ids", "state", "y"),
        program.externals().stream().map(Buffer::name).toList());
    assertEquals(
        List.of(
            Role.PARAMETER,
            Role.PARAMETER,
            Role.INPUT,
            Role.CARRIED_STATE,
            Role.INPUT,
            Role.OPTIMIZER_STATE,
            Role.OUTPUT),
        program.externals().stream().map(Buffer::role).toList());
    assertEquals(Type.I32, program.buffer("ids").type());
    assertEquals(Shape.of(7), program.buffer("ids").shape());
    for (int i = 0; i < program.buffers().size(); i++) {
      assertEquals(i, program.buffers().get(i).index());
    }
  }

  @Test
  void output_isWrittenWhereItBelongs() {
    graph.output("y", a.tanh().exp());
    Program program = plain();
    assertEquals(2, program.instructions().size());
    assertTrue(isWhole(run(program, 1).outputs().getFirst(), "y"));
  }

  @Test
  void output_sameValueTwice_isCopiedOnce() {
    graph.output("y", a.tanh());
    graph.output("z", a.tanh());
    Program program = plain();
    assertEquals(2, program.instructions().size());
    assertTrue(isWhole(run(program, 1).inputs().getFirst(), "y"));
    assertTrue(isWhole(run(program, 1).outputs().getFirst(), "z"));
  }

  @Test
  void update_writesOverTheLeaf() {
    graph.update(a, a.times(b));
    Program program = plain();
    assertEquals(1, program.instructions().size());
    assertTrue(isWhole(run(program, 0).inputs().getFirst(), "a"));
    assertTrue(isWhole(run(program, 0).outputs().getFirst(), "a"));
  }

  @Test
  void update_byAProductThatReadsTheLeaf_isCopiedAtTheEnd() {
    graph.update(a, a.matmul(b));
    Program program = plain();
    assertFalse(run(program, 0).outputs().getFirst().buffer().isExternal());
    assertTrue(isWhole(run(program, 1).outputs().getFirst(), "a"));
  }

  @Test
  void update_byAProductThatBeginsWithTheLeaf_writesOverIt() {
    graph.update(a, b.matmul(b).plus(a));
    Program program = Compiler.compile(graph, "p");
    assertEquals(1, program.instructions().size());
    assertTrue(isWhole(run(program, 0).outputs().getFirst(), "a"));
    assertTrue(isWhole(run(program, 0).inputs().get(2), "a"));
  }

  @Test
  void update_byAProductOfTheLeafThatBeginsWithIt_isCopiedAtTheEnd() {
    graph.update(a, a.matmul(b).plus(a));
    Program program = Compiler.compile(graph, "p");
    assertEquals(2, program.instructions().size());
    assertFalse(run(program, 0).outputs().getFirst().buffer().isExternal());
  }

  @Test
  void update_leafThatIsReadLater_isCopiedAtTheEnd() {
    graph.update(a, a.times(2));
    graph.output("y", a.matmul(b));
    List<Instruction.Run> runs = Compiled.runs(plain());
    int written = indexOfWrite(runs, "a");
    for (int i = written + 1; i < runs.size(); i++) {
      assertFalse(runs.get(i).inputs().stream().anyMatch(slot -> slot.buffer().name().equals("a")));
    }
    assertEquals(runs.size() - 1, written);
  }

  @Test
  void update_twoLeavesSwapTheirValues() {
    graph.update(a, b);
    graph.update(b, a);
    List<Instruction.Run> runs = Compiled.runs(plain());
    assertEquals(3, runs.size(), "one of the two needs a detour");
    // Follow the values: what each buffer holds after each copy.
    Map<String, String> holds = new HashMap<>(Map.of("a", "a", "b", "b"));
    for (Instruction.Run run : runs) {
      holds.put(
          run.outputs().getFirst().buffer().name(),
          holds.get(run.inputs().getFirst().buffer().name()));
    }
    assertEquals("b", holds.get("a"));
    assertEquals("a", holds.get("b"));
  }

  @Test
  void update_oneValueOfTwoLeaves() {
    Tensor value = a.times(b);
    graph.update(a, value);
    graph.update(b, value);
    Program program = plain();
    assertEquals(2, program.instructions().size());
    assertTrue(isWhole(run(program, 1).inputs().getFirst(), "a"));
    assertTrue(isWhole(run(program, 1).outputs().getFirst(), "b"));
  }

  @Test
  void update_thatIsAnOutputToo_isBoth() {
    Tensor value = a.times(b);
    graph.update(a, value);
    graph.output("y", value);
    Program program = plain();
    assertTrue(isWhole(run(program, 0).outputs().getFirst(), "y"));
    assertTrue(isWhole(run(program, 1).outputs().getFirst(), "a"));
  }

  @Test
  void output_oldValueOfALeafThatChanges() {
    graph.update(a, a.times(2));
    graph.output("old", a);
    List<Instruction.Run> runs = Compiled.runs(plain());
    int copied = indexOfWrite(runs, "old");
    assertTrue(copied < indexOfWrite(runs, "a"));
    assertTrue(isWhole(runs.get(copied).inputs().getFirst(), "a"));
  }

  private static int indexOfWrite(List<Instruction.Run> runs, String buffer) {
    for (int i = 0; i < runs.size(); i++) {
      if (runs.get(i).outputs().stream().anyMatch(slot -> slot.buffer().name().equals(buffer))) {
        return i;
      }
    }
    throw new AssertionError("nothing writes " + buffer);
  }

  // ---- temporaries

  @Test
  void temporaries_areShared() {
    Tensor value = a;
    for (int i = 0; i < 10; i++) {
      value = value.matmul(b);
    }
    graph.output("y", value);
    assertEquals(2, plain().buffers(Role.TEMPORARY).size());
    assertEquals(2 * 9 * 4, plain().temporaryBytes());
  }

  @Test
  void temporaries_thatAreStillRead_areNotShared() {
    Tensor first = a.matmul(b);
    Tensor second = first.matmul(b);
    graph.output("y", second.matmul(b).matmul(first));
    Program program = plain();
    Slot kept = run(program, 0).outputs().getFirst();
    for (int i = 1; i < 3; i++) {
      assertNotEquals(kept.buffer(), run(program, i).outputs().getFirst().buffer());
    }
    assertEquals(kept, run(program, 3).inputs().get(1));
  }

  @Test
  void elementwise_writesOverAnOperandThatItReadsLast() {
    graph.output("y", a.matmul(b).tanh().matmul(b));
    Program program = plain();
    assertEquals(run(program, 0).outputs().getFirst(), run(program, 1).outputs().getFirst());
  }

  @Test
  void elementwise_doesNotWriteOverAnOperandThatRepeats() {
    Tensor row = a.sumTo(Shape.of(3)).tanh();
    graph.output("y", row.plus(b).matmul(b));
    Program program = plain();
    Instruction.Run sum = run(program, 2);
    assertFalse(
        sum.inputs().stream()
            .anyMatch(input -> input.buffer().equals(sum.outputs().getFirst().buffer())));
  }

  @Test
  void products_doNotOverlapWithTheirFactors() {
    graph.output("y", a.matmul(b).matmul(a.tanh()).matmul(b.exp()).tanh());
    for (Instruction.Run run : Compiled.runs(Compiler.compile(graph, "p"), Op.MatMul.class)) {
      for (Slot factor : run.inputs().subList(0, 2)) {
        assertNotEquals(factor.buffer(), run.outputs().getFirst().buffer());
      }
    }
  }

  @Test
  void crossEntropy_overOneSymbol_theLossDoesNotOverwriteTheLogits() {
    Tensor column = graph.parameter("column", Shape.of(3, 1));
    Tensor targets = graph.input("targets", Type.I32, Shape.of(3, 1));
    Tensor losses = graph.crossEntropy(a.matmul(column), targets);
    Tensor gradient = Gradients.of(losses.sum(), List.of(column)).getFirst();
    graph.output("loss", losses.sum());
    graph.update(column, column.minus(gradient));
    Instruction.Run run =
        Compiled.runs(Compiler.compile(graph, "p"), Op.CrossEntropy.class).getFirst();
    assertEquals(new Op.CrossEntropy(true, true), run.kernel());
    assertNotEquals(run.inputs().getFirst().buffer(), run.outputs().getFirst().buffer());
    assertEquals(
        run.inputs().getFirst().buffer(), run.outputs().getLast().buffer(), "the gradient may");
  }

  @Test
  void crossEntropy_ofALeafOverOneSymbol_theLossDoesNotOverwriteIt() {
    Tensor logits = graph.parameter("logits", Shape.of(3, 1));
    Tensor targets = graph.input("targets", Type.I32, Shape.of(3, 1));
    graph.update(logits, graph.crossEntropy(logits, targets));
    Instruction.Run run = Compiled.runs(plain(), Op.CrossEntropy.class).getFirst();
    assertNotEquals("logits", run.outputs().getFirst().buffer().name());
  }

  @Test
  void plan_isTheSameEachTime() {
    Set<String> texts = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      Graph fresh = new Graph();
      Tensor x = fresh.input("x", Type.F32, Shape.of(4, 4));
      Tensor left = x.matmul(x);
      Tensor right = left.matmul(x);
      Tensor sum = left.matmul(right).plus(right.matmul(left));
      Tensor root = sum.tanh().matmul(sum); // left and right make room at the same time
      fresh.output("y", root.matmul(sum).matmul(root));
      texts.add(Compiler.compile(fresh, "p").toString());
    }
    assertEquals(1, texts.size());
  }

  // ---- loops

  private final Tensor x = graph.input("x", Type.F32, Shape.of(4, 2, 3));
  private final Tensor h = graph.leaf(Role.CARRIED_STATE, Type.F32, "h", Shape.of(2, 3));

  private Graph.Scanned scan() {
    return graph.scan(
        List.of(x),
        List.of(h),
        (slices, carried) -> {
          Tensor next = carried.getFirst().matmul(a).plus(slices.getFirst()).tanh();
          return new Graph.StepResult(List.of(next), List.of(next));
        });
  }

  private static Instruction.Loop loop(Program program, boolean reverse) {
    return program.instructions().stream()
        .filter(instruction -> instruction instanceof Instruction.Loop)
        .map(instruction -> (Instruction.Loop) instruction)
        .filter(loop -> loop.reverse() == reverse)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void loop_statesLieOneAfterAnother() {
    Graph.Scanned scanned = scan();
    graph.output("all", scanned.outputs().getFirst());
    graph.update(h, scanned.last().getFirst());
    Program program = plain();
    Instruction.Run start = run(program, 0);
    Buffer states = start.outputs().getFirst().buffer();
    assertTrue(isWhole(start.inputs().getFirst(), "h"));
    assertEquals(new Slot(states, 0, 2, 0), start.outputs().getFirst());
    assertEquals(Shape.of(10, 3), states.shape(), "4 steps and the start, of 2 rows each");

    Instruction.Loop loop = loop(program, false);
    assertEquals(4, loop.steps());
    assertEquals(
        new Slot(states, 0, 2, 2), loop.body().getFirst().inputs().getFirst(), "the state before");
    assertEquals(
        new Slot(states, 2, 2, 2), loop.body().getLast().outputs().getFirst(), "the state after");
    assertEquals(8, loop.body().getLast().outputs().getFirst().firstRow(3));

    assertEquals(
        new Slot(states, 2, 8, 0),
        run(program, 2).inputs().getFirst(),
        "all states, without a copy");
    assertTrue(isWhole(run(program, 2).outputs().getFirst(), "all"));
    assertEquals(new Slot(states, 8, 2, 0), run(program, 3).inputs().getFirst(), "the last state");
    assertTrue(isWhole(run(program, 3).outputs().getFirst(), "h"));
    assertEquals(4, program.instructions().size());
  }

  @Test
  void loop_slicesAreViewsOfTheSequence() {
    graph.output("last", scan().last().getFirst());
    Program program = plain();
    Buffer sequence = program.buffer("x");
    assertTrue(
        loop(program, false).body().stream()
            .anyMatch(run -> run.inputs().contains(new Slot(sequence, 0, 2, 2))));
  }

  @Test
  void loop_backwards_startsAtTheEnd() {
    Graph.Scanned scanned = scan();
    Tensor gradient = Gradients.of(scanned.last().getFirst().sum(), List.of(h)).getFirst();
    graph.output("gradient", gradient);
    Program program = plain();
    Instruction.Loop backward = loop(program, true);
    Slot result = Compiled.runs(program).getLast().inputs().getFirst();
    Buffer states = result.buffer();
    assertEquals(new Slot(states, 0, 2, 0), result);
    assertTrue(
        backward.body().stream().anyMatch(run -> run.inputs().contains(new Slot(states, 2, 2, 2))));
    assertTrue(
        backward.body().stream()
            .anyMatch(run -> run.outputs().contains(new Slot(states, 0, 2, 2))));
    assertTrue(
        Compiled.runs(program).stream()
            .anyMatch(run -> run.outputs().contains(new Slot(states, 8, 2, 0))),
        "the gradient of the last state");
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
    Program program = plain();
    Instruction.Loop loop = loop(program, false);
    Slot product =
        loop.body().stream()
            .filter(run -> run.kernel() instanceof Op.MatMul)
            .findFirst()
            .orElseThrow()
            .outputs()
            .getFirst();
    Slot sum =
        loop.body().stream()
            .filter(run -> run.kernel() instanceof Op.Sum)
            .findFirst()
            .orElseThrow()
            .outputs()
            .getFirst();
    assertEquals(new Slot(product.buffer(), 0, 2, 2), product);
    assertEquals(8, product.buffer().rows());
    assertEquals(new Slot(sum.buffer(), 0, 1, 1), sum);
    assertEquals(4, sum.buffer().rows());
    for (Instruction.Run copy : List.of(run(program, 2), run(program, 3))) {
      Slot from = copy.inputs().getFirst();
      Slot to = copy.outputs().getFirst();
      assertEquals(List.of(to.rows(), to.columns()), List.of(from.rows(), from.columns()));
    }
  }

  @Test
  void loop_temporariesOfTheBody_doNotOverlapWithWhatIsReadInIt() {
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
    Program program = plain();
    Buffer kept = run(program, 0).outputs().getFirst().buffer();
    for (Instruction.Run run : loop(program, false).body()) {
      run.outputs().forEach(output -> assertNotEquals(kept, output.buffer()));
    }
  }

  @Test
  void everySlot_isInsideItsBuffer() {
    Graph.Scanned scanned = scan();
    Tensor logits = scanned.outputs().getFirst().matmul(b);
    Tensor targets = graph.input("targets", Type.I32, Shape.of(4, 2));
    Tensor loss = graph.crossEntropy(logits, targets).mean();
    List<Tensor> gradients = Gradients.of(loss, List.of(a, b));
    graph.output("loss", loss);
    graph.update(a, a.minus(gradients.get(0)));
    graph.update(b, b.minus(gradients.get(1)));
    graph.update(h, scanned.last().getFirst());
    for (Program program : List.of(plain(), Compiler.compile(graph, "p"))) {
      for (Instruction instruction : program.instructions()) {
        int steps = instruction instanceof Instruction.Loop loop ? loop.steps() : 1;
        List<Instruction.Run> runs =
            instruction instanceof Instruction.Loop loop
                ? loop.body()
                : List.of((Instruction.Run) instruction);
        for (Instruction.Run run : runs) {
          for (Slot slot : Stream.concat(run.inputs().stream(), run.outputs().stream()).toList()) {
            assertTrue(
                slot.firstRow(0) >= 0
                    && slot.firstRow(steps - 1) + slot.rows() <= slot.buffer().rows(),
                slot::toString);
          }
        }
      }
    }
  }
}

package org.charrnn.testkit.cases;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.charrnn.graph.Op;
import org.charrnn.graph.Shape;
import org.charrnn.graph.expression.BinaryFunction;
import org.charrnn.graph.expression.Expression;
import org.charrnn.graph.expression.UnaryFunction;
import org.charrnn.graph.program.Instruction;
import org.charrnn.graph.program.Slot;

/** Loops over time in both directions, with slots that move from step to step. */
public final class LoopCases {

  private static final int[][] SIZES = { // T, B, H
    {1, 1, 1}, {2, 3, 5}, {5, 1, 17}, {3, 33, 1}, {17, 2, 65}
  };

  private LoopCases() {}

  public static Stream<KernelCase> all() {
    List<KernelCase> cases = new ArrayList<>();
    for (boolean reverse : new boolean[] {false, true}) {
      for (int[] size : SIZES) {
        cases.add(recurrence(size, reverse));
        cases.add(counters(size, reverse));
        cases.add(gated(size, reverse));
      }
    }
    return cases.stream();
  }

  private static Slot slice(Slot all, int rows) {
    return new Slot(all.buffer(), all.row(), rows, rows);
  }

  /** The states before and after a step, two slots in one buffer of {@code steps + 1} states. */
  private static Slot[] states(Slot all, int rows, boolean reverse) {
    Slot early = new Slot(all.buffer(), all.row(), rows, rows);
    Slot late = new Slot(all.buffer(), all.row() + rows, rows, rows);
    return reverse ? new Slot[] {late, early} : new Slot[] {early, late};
  }

  /**
   * {@code h' = tanh(table[ids] + h * U)}, with temporaries, ids that are read slice by slice, and
   * a stack of outputs.
   */
  private static KernelCase recurrence(int[] size, boolean reverse) {
    int steps = size[0];
    int batch = size[1];
    int hidden = size[2];
    CaseWriter writer =
        new CaseWriter("recurrence " + Shape.of(size) + (reverse ? " in reverse" : ""), hidden % 2);
    int[] some = Numbers.ids(steps * batch, 11, writer.random());
    Slot ids = writer.ids("ids", steps * batch, 1, some);
    Slot table = writer.input("table", 11, hidden, Numbers.NORMAL);
    Slot recurrent =
        writer.input("recurrent", hidden, hidden, random -> 0.1 * random.nextGaussian());
    Slot states = writer.state("states", (steps + 1) * batch, hidden, Numbers.NORMAL);
    Slot stack = writer.result("stack", steps * batch, hidden);
    Slot rows = writer.temporary(batch, hidden);
    Slot sum = writer.temporary(batch, hidden);
    Slot[] state = states(states, batch, reverse);
    Expressions e = new Expressions(1);
    int tanh = e.term(UnaryFunction.TANH, 0);
    int slope =
        e.term(BinaryFunction.SUBTRACT, e.number(1), e.term(BinaryFunction.MULTIPLY, tanh, tanh));
    return writer
        .loop(
            steps,
            reverse,
            new Instruction.Run(new Op.Gather(), List.of(table, slice(ids, batch)), List.of(rows)),
            new Instruction.Run(
                new Op.MatMul(false, false), List.of(state[0], recurrent, rows), List.of(sum)),
            new Instruction.Run(
                new Op.Elementwise(e.finish(tanh, slope)),
                List.of(sum),
                List.of(state[1], slice(stack, batch))))
        .finish(Precision.SUM);
  }

  /**
   * Two consecutive loops. The first carries two states; the second runs in the opposite direction
   * over the states of the first.
   */
  private static KernelCase counters(int[] size, boolean reverse) {
    int steps = size[0];
    int batch = size[1];
    int columns = size[2];
    CaseWriter writer =
        new CaseWriter("sums over " + Shape.of(size) + (reverse ? " in reverse" : ""), 1);
    Slot x = writer.input("x", steps * batch, columns, Numbers.WHOLE);
    Slot one = writer.state("one", (steps + 1) * batch, columns, Numbers.WHOLE);
    Slot two = writer.state("two", (steps + 1) * batch, columns, Numbers.WHOLE);
    Slot back = writer.state("back", (steps + 1) * batch, columns, Numbers.WHOLE);
    Op.Elementwise add = new Op.Elementwise(Expression.of(BinaryFunction.ADD));
    Slot[] first = states(one, batch, reverse);
    Slot[] second = states(two, batch, reverse);
    Slot[] third = states(back, batch, !reverse);
    return writer
        .loop(
            steps,
            reverse,
            new Instruction.Run(add, List.of(first[0], slice(x, batch)), List.of(first[1])),
            new Instruction.Run(add, List.of(second[0], first[0]), List.of(second[1])))
        .loop(
            steps,
            !reverse,
            new Instruction.Run(add, List.of(third[0], second[1]), List.of(third[1])))
        .run(
            new Op.Sum(),
            List.of(new Slot(back.buffer(), back.row(), batch, 0)),
            writer.result("total", 1, 1))
        .finish(Precision.EXACT);
  }

  /**
   * {@code h' = z * h + (1 - z) * x} with {@code z = sigmoid(g + b)}, a recurrence without
   * products: one expression whose state overwrites itself, whose stack {@code z} overwrites {@code
   * g}, and with a bias and a mask, which are broadcast.
   */
  private static KernelCase gated(int[] size, boolean reverse) {
    int steps = size[0];
    int batch = size[1];
    int columns = size[2];
    CaseWriter writer =
        new CaseWriter("gates over " + Shape.of(size) + (reverse ? " in reverse" : ""), 0);
    Slot x = writer.input("x", steps * batch, columns, Numbers.NORMAL);
    Slot bias = writer.input("bias", 1, columns, Numbers.NORMAL);
    Slot mask = writer.input("mask", steps * batch, 1, Numbers.NORMAL);
    Slot gates = writer.state("gates", steps * batch, columns, Numbers.NORMAL);
    Slot state = writer.state("state", batch, columns, Numbers.NORMAL);
    Expressions e = new Expressions(5); // x, gate, bias, mask, state
    int gate = e.term(UnaryFunction.SIGMOID, e.term(BinaryFunction.ADD, 1, 2));
    int kept = e.term(BinaryFunction.MULTIPLY, gate, e.term(BinaryFunction.MULTIPLY, 3, 4));
    int open = e.term(BinaryFunction.SUBTRACT, e.number(1), gate);
    int next = e.term(BinaryFunction.ADD, kept, e.term(BinaryFunction.MULTIPLY, open, 0));
    return writer
        .loop(
            steps,
            reverse,
            new Instruction.Run(
                new Op.Elementwise(e.finish(next, gate)),
                List.of(slice(x, batch), slice(gates, batch), bias, slice(mask, batch), state),
                List.of(state, slice(gates, batch))))
        .finish(Precision.SUM);
  }
}

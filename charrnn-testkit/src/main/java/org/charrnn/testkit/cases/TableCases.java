package org.charrnn.testkit.cases;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.charrnn.graph.Op;
import org.charrnn.graph.Shape;
import org.charrnn.graph.expression.BinaryFunction;
import org.charrnn.graph.expression.Expression;
import org.charrnn.graph.program.Slot;

/** Kernels that read, add to and update rows of tables, with ids that occur more than once. */
public final class TableCases {

  private static final int[][] SIZES = { // rows of the table, columns, T, B
    {1, 1, 1, 1},
    {3, 5, 17, 1},
    {100, 17, 5, 3},
    {257, 1, 2, 33},
    {2, 257, 1, 1},
    {65, 100, 31, 5},
    {1000, 33, 3, 2}
  };

  private TableCases() {}

  public static Stream<KernelCase> all() {
    List<KernelCase> cases = new ArrayList<>();
    for (int[] size : SIZES) {
      cases.add(gather(size));
      cases.add(scatter(size));
      cases.add(unique(size));
      cases.add(uniform(size));
      cases.add(update(size));
      cases.add(updateOneTable(size));
    }
    return cases.stream();
  }

  private static CaseWriter writer(String name, int[] size) {
    return new CaseWriter(
        name + " " + Shape.of(size[0], size[1]) + " at ids " + Shape.of(size[2], size[3]),
        size[1] % 2);
  }

  private static int[] someIds(CaseWriter writer, int[] size) {
    return Numbers.ids(size[2] * size[3], size[0], writer.random());
  }

  private static KernelCase gather(int[] size) {
    CaseWriter writer = writer("rows of", size);
    Slot table = writer.input("table", size[0], size[1], Numbers.NORMAL);
    Slot ids = writer.ids("ids", size[2], size[3], someIds(writer, size));
    Slot result = writer.result("result", ids.elements(), size[1]);
    return writer.run(new Op.Gather(), List.of(table, ids), result).finish(Precision.EXACT);
  }

  private static KernelCase scatter(int[] size) {
    CaseWriter writer = writer("sums into rows of", size);
    int[] some = someIds(writer, size);
    some[some.length / 2] = -1;
    Slot ids = writer.ids("ids", size[2], size[3], some);
    Slot values = writer.input("values", ids.elements(), size[1], Numbers.WHOLE);
    Slot result = writer.result("result", size[0], size[1]);
    return writer
        .run(new Op.ScatterAdd(size[0]), List.of(values, ids), result)
        .finish(Precision.EXACT);
  }

  private static KernelCase unique(int[] size) {
    CaseWriter writer = writer("distinct rows of", size);
    Slot ids = writer.ids("ids", size[2], size[3], someIds(writer, size));
    Slot rows = writer.intResult("rows", 1, Math.min(size[0], ids.elements()));
    Slot slots = writer.intResult("slots", size[2], size[3]);
    return writer
        .run(new Op.UniqueRows(size[0]), List.of(ids), List.of(rows, slots))
        .finish(Precision.EXACT);
  }

  private static KernelCase uniform(int[] size) {
    CaseWriter writer = writer("random numbers in", size);
    Slot seed = writer.ids("seed", 1, 1, new int[] {writer.random().nextInt()});
    Slot result = writer.result("result", size[0], size[1]);
    return writer.run(new Op.Uniform(size[1] - 2), List.of(seed), result).finish(Precision.EXACT);
  }

  /** Distinct rows in any order, followed by -1 where there are fewer than the maximum. */
  private static int[] distinctRows(CaseWriter writer, int[] size) {
    int[] rows = new int[Math.min(size[0], size[2] * size[3])];
    int step = size[0] % 7 == 0 ? 5 : 7; // coprime to the number of rows
    int start = writer.random().nextInt(size[0]);
    for (int i = 0; i < rows.length; i++) {
      boolean used = i <= rows.length * 3 / 4;
      rows[i] = used ? (start + i * step) % size[0] : -1;
    }
    return rows;
  }

  private static KernelCase update(int[] size) {
    CaseWriter writer = writer("parameter and optimizer state updated in rows of", size);
    int[] distinct = distinctRows(writer, size);
    Slot rows = writer.ids("rows", 1, distinct.length, distinct);
    Slot table = writer.state("table", size[0], size[1], Numbers.NORMAL);
    Slot memory = writer.state("memory", size[0], size[1], Numbers.POSITIVE);
    Slot gradient = writer.input("gradient", distinct.length, size[1], Numbers.NORMAL);
    Slot rate = writer.input("rate", 1, 1, new float[] {0.1f});
    return writer
        .run(
            new Op.UpdateRows(ElementwiseCases.adagrad(), List.of(0, 1)),
            List.of(rows, table, memory, gradient, rate),
            List.of(table, memory))
        .finish(Precision.ELEMENT);
  }

  /** The table is the second operand; the first is a row and the third a column. */
  private static KernelCase updateOneTable(int[] size) {
    CaseWriter writer = writer("one table updated in rows of", size);
    int[] distinct = distinctRows(writer, size);
    Slot rows = writer.ids("rows", 1, distinct.length, distinct);
    Slot weights = writer.input("weights", 1, size[1], Numbers.WHOLE);
    Slot table = writer.state("table", size[0], size[1], Numbers.WHOLE);
    Slot factors = writer.input("factors", distinct.length, 1, Numbers.WHOLE);
    Expressions e = new Expressions(3); // weights, table, factors
    Expression expression =
        e.finish(e.term(BinaryFunction.SUBTRACT, 1, e.term(BinaryFunction.MULTIPLY, 2, 0)));
    return writer
        .run(
            new Op.UpdateRows(expression, List.of(1)),
            List.of(rows, weights, table, factors),
            List.of(table))
        .finish(Precision.EXACT);
  }
}

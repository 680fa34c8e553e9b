package org.charrnn.testkit.cases;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.charrnn.api.SeededRandom;
import org.charrnn.graph.Op;
import org.charrnn.graph.Shape;
import org.charrnn.graph.program.Slot;

/** Matrix products in all transpositions, with each kind of addend, of sizes around tile sizes. */
public final class MatMulCases {

  private static final int[] SIZES = {1, 2, 3, 5, 7, 8, 16, 17, 31, 33, 64, 65, 100, 129, 257};

  private static final int[][] CORNERS = { // m, k, n
    {1, 1, 1},
    {1, 100, 257},
    {1, 257, 1},
    {257, 1, 3},
    {3, 1, 257},
    {1, 1, 65},
    {65, 1, 1},
    {2, 257, 2},
    {129, 129, 129},
    {25, 100, 300},
    {5, 19, 4090} // so many columns that a GPU computes them in large tiles
  };

  private MatMulCases() {}

  public static Stream<KernelCase> all() {
    List<KernelCase> cases = new ArrayList<>();
    SeededRandom random = new SeededRandom(1);
    for (boolean transposeA : new boolean[] {false, true}) {
      for (boolean transposeB : new boolean[] {false, true}) {
        Op.MatMul product = new Op.MatMul(transposeA, transposeB);
        for (int[] size : CORNERS) {
          cases.add(product(product, size[0], size[1], size[2], Numbers.WHOLE));
        }
        for (int i = 0; i < 20; i++) {
          cases.add(product(product, size(random), size(random), size(random), Numbers.WHOLE));
        }
        cases.add(product(product, 33, 257, 65, Numbers.NORMAL));
        cases.add(product(product, 1, 129, 100, Numbers.NORMAL));
      }
    }
    return cases.stream();
  }

  private static int size(SeededRandom random) {
    return SIZES[random.nextInt(SIZES.length)];
  }

  private static KernelCase product(Op.MatMul product, int m, int k, int n, Numbers numbers) {
    boolean whole = numbers.equals(Numbers.WHOLE);
    String name =
        Shape.of(m, k)
            + suffix(product.transposeA())
            + " * "
            + Shape.of(k, n)
            + suffix(product.transposeB())
            + (whole ? "" : ", real numbers");
    CaseWriter writer = new CaseWriter(name, (m + k + n) % 2);
    Slot a =
        product.transposeA() ? writer.input("a", k, m, numbers) : writer.input("a", m, k, numbers);
    Slot b =
        product.transposeB() ? writer.input("b", n, k, numbers) : writer.input("b", k, n, numbers);
    Slot row = writer.input("row", 1, n, numbers);
    Slot full = writer.input("full", m, n, numbers);
    Slot sum = writer.state("overwrittenAddend", m, n, numbers);
    return writer
        .run(product, List.of(a, b), writer.result("plain", m, n))
        .run(product, List.of(a, b, row), writer.result("plusRow", m, n))
        .run(product, List.of(a, b, full), writer.result("plusFull", m, n))
        .run(product, List.of(a, b, sum), sum)
        .run(product, List.of(a, b, sum), sum) // twice: adds to the previous result
        .finish(whole ? Precision.EXACT : Precision.SUM);
  }

  private static String suffix(boolean transposed) {
    return transposed ? " stored transposed" : "";
  }
}

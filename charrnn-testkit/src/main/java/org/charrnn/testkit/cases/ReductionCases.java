package org.charrnn.testkit.cases;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.charrnn.graph.Op;
import org.charrnn.graph.Shape;
import org.charrnn.graph.program.Slot;

/** Sums to each smaller shape, and the softmax cross entropy with its gradient. */
public final class ReductionCases {

  private static final int[][] SUMS = { // T, B, H
    {1, 1, 1}, {5, 3, 17}, {1, 33, 65}, {64, 1, 31}, {129, 2, 1}, {17, 31, 100}, {3, 5, 257}
  };

  private static final int[][] LOGITS = { // T, B, V
    {1, 1, 1}, {3, 1, 2}, {1, 5, 3}, {5, 3, 33}, {1, 1, 257}, {17, 2, 65}, {2, 2, 3001}
  };

  private static final Numbers SCORES = random -> 3 * random.nextGaussian();

  private ReductionCases() {}

  public static Stream<KernelCase> sums() {
    List<KernelCase> cases = new ArrayList<>();
    for (int[] shape : SUMS) {
      int rows = shape[0] * shape[1];
      int batch = shape[1];
      int columns = shape[2];
      for (int[] target :
          new int[][] {{1, 1}, {1, columns}, {rows, 1}, {batch, columns}, {batch, 1}}) {
        cases.add(sum(rows, columns, target[0], target[1]));
      }
    }
    return cases.stream();
  }

  private static KernelCase sum(int rows, int columns, int resultRows, int resultColumns) {
    CaseWriter writer =
        new CaseWriter(
            Shape.of(rows, columns) + " summed to " + Shape.of(resultRows, resultColumns),
            rows % 2);
    Slot operand = writer.input("operand", rows, columns, Numbers.WHOLE);
    return writer
        .run(new Op.Sum(), List.of(operand), writer.result("sum", resultRows, resultColumns))
        .finish(Precision.EXACT);
  }

  public static Stream<KernelCase> crossEntropies() {
    List<KernelCase> cases = new ArrayList<>();
    for (int[] shape : LOGITS) {
      cases.add(crossEntropy("ordinary logits", shape, SCORES));
      cases.add(crossEntropy("large logits", shape, random -> 1e4 * random.nextGaussian()));
      cases.add(crossEntropy("equal logits", shape, _ -> -7));
      cases.add(
          crossEntropy(
              "one dominant logit", shape, random -> random.nextInt(9) == 0 ? 1e30 : -1e30));
    }
    return cases.stream();
  }

  private static KernelCase crossEntropy(String name, int[] shape, Numbers numbers) {
    int steps = shape[0];
    int batch = shape[1];
    int rows = steps * batch;
    int vocabulary = shape[2];
    CaseWriter writer = new CaseWriter(name + " " + Shape.of(shape), batch % 2);
    Slot logits = writer.input("logits", rows, vocabulary, numbers);
    int[] ids = Numbers.ids(rows, vocabulary, writer.random());
    Slot targets = writer.ids("targets", steps, batch, ids);
    Slot scalar = writer.input("scalar", 1, 1, new float[] {1f / rows});
    Slot each = writer.input("each", steps, batch, Numbers.NORMAL);
    Slot overwritten = writer.state("overwrittenLogits", rows, vocabulary, numbers);
    Slot overwrittenToo = writer.state("overwrittenLogitsToo", rows, vocabulary, numbers);
    Slot withGaps = writer.ids("targetsWithGaps", steps, batch, withGaps(ids));
    return writer
        .run(
            new Op.CrossEntropy(true, false),
            List.of(logits, targets),
            writer.result("loss", steps, batch))
        .run(
            new Op.CrossEntropy(true, false),
            List.of(logits, withGaps),
            writer.result("lossWithGaps", steps, batch))
        .run(
            new Op.CrossEntropy(false, true),
            List.of(logits, targets, each),
            writer.result("gradient", rows, vocabulary))
        .run(
            new Op.CrossEntropy(true, true),
            List.of(logits, withGaps, each),
            List.of(
                writer.result("bothLoss", steps, batch),
                writer.result("bothGradient", rows, vocabulary)))
        .run(
            new Op.CrossEntropy(true, true),
            List.of(overwritten, withGaps, scalar),
            List.of(writer.result("lossWithOverwritten", steps, batch), overwritten))
        .run(
            new Op.CrossEntropy(false, true),
            List.of(overwrittenToo, targets, scalar),
            overwrittenToo)
        .finish(Precision.PROBABILITY);
  }

  /** Replaces each third target by a negative one, which is skipped. */
  private static int[] withGaps(int[] ids) {
    int[] gaps = ids.clone();
    for (int i = 0; i < gaps.length; i += 3) {
      gaps[i] = i % 2 == 0 ? -1 : Integer.MIN_VALUE;
    }
    return gaps;
  }
}

package org.charrnn.accel.java.vector;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.charrnn.accel.java.team.LoopShares;
import org.charrnn.graph.Op;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Instruction;
import org.charrnn.graph.program.Program;
import org.charrnn.graph.program.Slot;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a kernel for each instruction of a program.
 *
 * <p>In a loop, the right operands of products that no step writes are packed once before it, and
 * products that follow one another with the same left operand become one, so that this is packed
 * once. Outside of loops, what the program does not change stays packed from one run to the next,
 * as long as nothing else changes it.
 */
final class Preparation {

  /**
   * From this many rows multiplied with it on, packing a matrix costs little beside the products.
   */
  private static final int ROWS_WORTH_PACKING = 16;

  /** With more rows than these packing a matrix takes a thirtieth of the product or less. */
  private static final int MOST_ROWS_WORTH_KEEPING = 256;

  /** From this many rows on a thread runs through a loop by itself. */
  private static final int ROWS_WORTH_A_THREAD = 8;

  private final Workers workers;
  private final Function<Slot, View> views;
  private final Predicate<Slot> constants;

  /**
   * @param views gives the memory of a slot
   * @param constants tells which slots the program does not change, nor makes anew
   */
  Preparation(Workers workers, Function<Slot, View> views, Predicate<Slot> constants) {
    this.workers = workers;
    this.views = views;
    this.constants = constants;
  }

  Step[] prepare(Program program) {
    Step[] steps =
        program.instructions().stream()
            .map(instruction ->
                switch (instruction) {
                  case Instruction.Run run -> kernel(run, null);
                  case Instruction.Loop loop -> loop(loop);
                })
            .toArray(Step[]::new);
    workers.allocate();
    return steps;
  }

  // ---- loops

  /** An operand as it is packed before a loop; shares of the loop use the same. */
  private record Packed(Slot operand, boolean transposed, int vectors) {}

  /** The loop that an instruction stands in, as far as products care. */
  private record Surrounding(Instruction.Loop loop, Map<Packed, PackedRight> packed) {}

  private Step loop(Instruction.Loop loop) {
    Surrounding surrounding = new Surrounding(loop, new LinkedHashMap<>());
    workers.arena().rewind();
    List<List<Step>> bodies =
        LoopShares.of(loop, workers.team().size(), ROWS_WORTH_A_THREAD)
            .map(shares ->
                IntStream.range(0, shares.size())
                    .mapToObj(part ->
                        new Preparation(workers.alone(part), views, constants)
                            .body(shares.get(part), surrounding))
                    .toList())
            .orElseGet(() -> List.of(body(loop, surrounding)));
    List<PackedRight> packed = List.copyOf(surrounding.packed().values());
    return new LoopStep(loop.steps(), loop.reverse(), bodies, packed, workers);
  }

  private List<Step> body(Instruction.Loop loop, Surrounding surrounding) {
    List<Step> body = new ArrayList<>();
    for (int i = 0; i < loop.body().size(); i++) {
      Instruction.Run run = loop.body().get(i);
      int together = 1;
      while (i + together < loop.body().size()
          && canJoin(loop.body().subList(i, i + together), loop.body().get(i + together))) {
        together++;
      }
      body.add(
          together == 1
              ? kernel(run, surrounding)
              : product(loop.body().subList(i, i + together), surrounding));
      i += together - 1;
    }
    return body;
  }

  /** Whether a product can be computed at the same time as those before it. */
  private static boolean canJoin(List<Instruction.Run> products, Instruction.Run next) {
    Instruction.Run first = products.getFirst();
    if (!(first.kernel() instanceof Op.MatMul(boolean transposeLeft, boolean _))
        || !(next.kernel() instanceof Op.MatMul(boolean nextTransposeLeft, boolean _))
        || transposeLeft != nextTransposeLeft
        || !first.inputs().getFirst().equals(next.inputs().getFirst())
        || first.outputs().getFirst().columns() != next.outputs().getFirst().columns()) {
      return false;
    }
    Buffer target = next.outputs().getFirst().buffer();
    return products.stream()
        .allMatch(product -> {
          Buffer before = product.outputs().getFirst().buffer();
          return !before.equals(target) && !reads(product, target) && !reads(next, before);
        });
  }

  private static boolean reads(Instruction.Run run, Buffer buffer) {
    return run.inputs().stream().anyMatch(input -> input.buffer().equals(buffer));
  }

  // ---- kernels

  private Step kernel(Instruction.Run run, @Nullable Surrounding surrounding) {
    List<View> in = run.inputs().stream().map(views).toList();
    List<View> out = run.outputs().stream().map(views).toList();
    return switch (run.kernel()) {
      case Op.MatMul _ -> product(List.of(run), surrounding);
      case Op.Elementwise(var expression) -> new ElementwiseStep(expression, in, out, workers);
      case Op.UpdateRows op ->
          new UpdateRowsStep(op, in.getFirst(), in.subList(1, in.size()), out, workers);
      case Op.CrossEntropy(boolean loss, boolean gradient) ->
          new CrossEntropyStep(
              in.get(0),
              in.get(1),
              gradient ? in.get(2) : null,
              loss ? out.getFirst() : null,
              gradient ? out.getLast() : null,
              workers);
      case Op.Sum() -> new SumStep(in.getFirst(), out.getFirst(), workers);
      case Op.Uniform(int salt) -> new UniformStep(salt, in.getFirst(), out.getFirst(), workers);
      case Op.Gather() -> new TableSteps.Gather(in.get(0), in.get(1), out.getFirst(), workers);
      case Op.ScatterAdd _ -> new TableSteps.ScatterAdd(in.get(0), in.get(1), out.getFirst());
      case Op.UniqueRows(int tableRows) ->
          new TableSteps.UniqueRows(tableRows, in.getFirst(), out.get(0), out.get(1));
    };
  }

  private Step product(List<Instruction.Run> runs, @Nullable Surrounding surrounding) {
    Instruction.Run first = runs.getFirst();
    boolean transposeLeft = ((Op.MatMul) first.kernel()).transposeA();
    View left = views.apply(first.inputs().getFirst());
    int m = first.outputs().getFirst().rows();
    int n = first.outputs().getFirst().columns();
    int k = transposeLeft ? left.rows() : left.columns();
    if (runs.size() == 1 && !transposeLeft && !isPacked(first, m, surrounding)) {
      boolean transposeRight = ((Op.MatMul) first.kernel()).transposeB();
      View right = views.apply(first.inputs().get(1));
      View result = views.apply(first.outputs().getFirst());
      if (transposeRight && k > 10 * m && Lanes.COUNT <= TranspositionWriter.MOST_LANES) {
        return new DotProduct(left, right, addend(first), result, workers);
      }
      if (!transposeRight && m <= 4) {
        return new RowProduct(left, right, addend(first), result, workers);
      }
    }
    if (surrounding == null) {
      workers.arena().rewind();
    }
    Blocking blocking = Blocking.of(m, n, k);
    List<Factor> factors = runs.stream().map(run -> factor(run, blocking, surrounding)).toList();
    Product product = new Product(left, transposeLeft, factors, workers);
    PackedRight packed = factors.getFirst().packed();
    if (surrounding != null || packed == null) {
      return product;
    }
    return step -> {
      packed.packIfChanged(workers);
      product.run(step);
    };
  }

  private Factor factor(Instruction.Run run, Blocking blocking, @Nullable Surrounding surrounding) {
    boolean transposed = ((Op.MatMul) run.kernel()).transposeB();
    Slot operand = run.inputs().get(1);
    int rows = run.outputs().getFirst().rows();
    View right = views.apply(operand);
    PackedRight packed = null;
    if (surrounding != null && isPacked(run, rows, surrounding)) {
      packed =
          surrounding
              .packed()
              .computeIfAbsent(
                  new Packed(operand, transposed, blocking.vectors()),
                  _ -> new PackedRight(right, transposed, blocking, workers.arena()));
    } else if (surrounding == null && rows <= MOST_ROWS_WORTH_KEEPING && constants.test(operand)) {
      PackingArena own = new PackingArena();
      packed = new PackedRight(right, transposed, blocking, own);
      own.allocate();
    }
    View result = views.apply(run.outputs().getFirst());
    return new Factor(right, transposed, addend(run), result, packed);
  }

  private static boolean isPacked(Instruction.Run run, int m, @Nullable Surrounding surrounding) {
    return surrounding != null
        && surrounding.loop().isFixed(run.inputs().get(1))
        && (long) surrounding.loop().steps() * m >= ROWS_WORTH_PACKING;
  }

  private @Nullable View addend(Instruction.Run run) {
    return run.inputs().size() == 3 ? views.apply(run.inputs().get(2)) : null;
  }
}

package org.charrnn.accel.tornado.lowering;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.charrnn.accel.tornado.kernel.ElementExpression;
import org.charrnn.accel.tornado.kernel.ExpressionKernel;
import org.charrnn.accel.tornado.kernel.Launch;
import org.charrnn.accel.tornado.kernel.NoOpKernel;
import org.charrnn.accel.tornado.kernel.ProductKernel;
import org.charrnn.accel.tornado.kernel.ProductTerm;
import org.charrnn.accel.tornado.kernel.RecurrenceKernel;
import org.charrnn.accel.tornado.kernel.Statement;
import org.charrnn.accel.tornado.layout.DeviceMatrix;
import org.charrnn.accel.tornado.layout.Placement;
import org.charrnn.accel.tornado.layout.StepCounter;
import org.charrnn.accel.tornado.op.CrossEntropy;
import org.charrnn.accel.tornado.op.DistinctIds;
import org.charrnn.accel.tornado.op.FirstOccurrences;
import org.charrnn.accel.tornado.op.GatherRows;
import org.charrnn.accel.tornado.op.LinkIds;
import org.charrnn.accel.tornado.op.PartialSums;
import org.charrnn.accel.tornado.op.ScatterRows;
import org.charrnn.accel.tornado.op.UniformNumbers;
import org.charrnn.graph.Operands;
import org.charrnn.graph.Type;
import org.charrnn.graph.expression.Expression;
import org.charrnn.graph.program.Instruction;
import org.charrnn.graph.program.LoopAnalysis;
import org.charrnn.graph.program.Program;
import org.charrnn.graph.program.Slot;

/**
 * Lowers a program to launches of kernels.
 *
 * <p>The body of a loop is lowered once: its kernels read the time step from the device, the last
 * one advances it, and the body is executed once for each step. So no time step needs a compilation
 * or a launch of its own. A loop whose elements do not depend on one another is a single launch; so
 * is one whose rows do not, on a GPU.
 */
public final class Lowering {

  /** With at most this many rows, most of a tile of a product would be unused. */
  private static final int FEW_ROWS = 4;

  /** With fewer large tiles than this, some processors of a GPU would be idle. */
  private static final int FEW_TILES = 64;

  /** The same for the largest tiles, of which a processor runs one or two at a time. */
  private static final int FEW_LARGEST_TILES = 256;

  private final Placement placement;
  private final boolean isGpu;

  private Lowering(Placement placement, boolean isGpu) {
    this.placement = placement;
    this.isGpu = isGpu;
  }

  /**
   * The launches of {@code program}.
   *
   * @param placement the positions of its buffers
   * @param isGpu whether work-groups have local memory that is faster than global memory
   */
  public static List<Segment> lower(Program program, Placement placement, boolean isGpu) {
    Lowering lowering = new Lowering(placement, isGpu);
    List<Segment> segments = new ArrayList<>();
    List<Launch> once = new ArrayList<>();
    List<Instruction.Run> straight = new ArrayList<>();
    for (Instruction instruction : program.instructions()) {
      switch (instruction) {
        case Instruction.Run run -> straight.add(run);
        case Instruction.Loop loop -> {
          once.addAll(lowering.lower(straight));
          straight.clear();
          if (isElementwise(loop)) {
            once.add(lowering.recurrence(loop));
          } else if (isByRows(loop, isGpu)) {
            once.addAll(new RowLoops(lowering, placement.scratchFloats()).lower(loop));
          } else {
            segments.add(new Segment.Once(beforeLoop(once, loop)));
            once.clear();
            segments.add(new Segment.Repeated(loop.steps(), lowering.body(loop)));
          }
        }
      }
    }
    once.addAll(lowering.lower(straight));
    if (!once.isEmpty()) {
      segments.add(new Segment.Once(once));
    }
    return segments;
  }

  /** Whether a work-group can run all steps of a loop for its rows. */
  private static boolean isByRows(Instruction.Loop loop, boolean isGpu) {
    return isGpu && new LoopAnalysis(loop).hasIndependentRows() && RowLoops.isWorthwhile(loop);
  }

  /** Whether a work item can run all steps of a loop for its elements. */
  private static boolean isElementwise(Instruction.Loop loop) {
    LoopAnalysis analysis = new LoopAnalysis(loop);
    return analysis.isElementwise() && analysis.hasIndependentColumns();
  }

  private Launch recurrence(Instruction.Loop loop) {
    List<ElementExpression> body = loop.body().stream().map(this::expression).toList();
    return new RecurrenceKernel(body, loop.steps(), loop.reverse()).launch();
  }

  /** The size of the scratch memory that the kernels of {@code program} share. */
  public static Placement.Size scratch(Program program, boolean isGpu) {
    Placement.Size size = Placement.Size.ZERO;
    for (Instruction instruction : program.instructions()) {
      switch (instruction) {
        case Instruction.Run run -> size = size.max(scratch(run));
        case Instruction.Loop loop -> {
          for (Instruction.Run run : loop.body()) {
            size = size.max(scratch(run));
          }
          if (isByRows(loop, isGpu)) {
            size = size.max(RowLoops.scratch(loop));
          }
        }
      }
    }
    return size;
  }

  private static Placement.Size scratch(Instruction.Run run) {
    return switch (run.operands()) {
      case Operands.Sum<Slot>(Slot operand, Slot result) ->
          Placement.Size.of(
              Type.F32, PartialSums.scratchElements(matrix(0, operand), matrix(0, result)));
      case Operands.ScatterAdd<Slot>(Slot _, Slot ids, Slot result) ->
          Placement.Size.of(Type.I32, (long) result.rows() + ids.elements());
      case Operands.UniqueRows<Slot> unique -> Placement.Size.of(Type.I32, unique.ids().elements());
      case Operands.MatMul<Slot> _,
          Operands.Gather<Slot> _,
          Operands.Uniform<Slot> _,
          Operands.Elementwise<Slot> _,
          Operands.UpdateRows<Slot> _,
          Operands.CrossEntropy<Slot> _ ->
          Placement.Size.ZERO;
    };
  }

  private static List<Launch> beforeLoop(List<Launch> before, Instruction.Loop loop) {
    int firstStep = loop.reverse() ? loop.steps() - 1 : 0;
    List<Launch> launches = new ArrayList<>(before);
    if (launches.isEmpty()) {
      launches.add(NoOpKernel.launch());
    }
    launches.add(launches.removeLast().with(StepCounter.before(firstStep)));
    return launches;
  }

  private List<Launch> body(Instruction.Loop loop) {
    List<Launch> launches = new ArrayList<>(lower(loop.body()));
    if (launches.size() < 2) {
      launches.add(NoOpKernel.launch());
    }
    for (int i = 0; i < launches.size(); i++) {
      launches.set(i, launches.get(i).with(StepCounter.inBody(i, launches.size(), loop.reverse())));
    }
    return launches;
  }

  private List<Launch> lower(List<Instruction.Run> runs) {
    List<Launch> launches = new ArrayList<>();
    for (Fusion.Group group : Fusion.group(runs, this::canFuse)) {
      if (group.areProducts()) {
        launches.add(products(group.runs()));
      } else if (group.areExpressions()) {
        List<ElementExpression> expressions = group.runs().stream().map(this::expression).toList();
        launches.add(new ExpressionKernel(expressions).launch());
      } else {
        launches.addAll(lower(group.runs().getFirst()));
      }
    }
    return launches;
  }

  private List<Launch> lower(Instruction.Run run) {
    return switch (operands(run)) {
      case Operands.MatMul<DeviceMatrix> _,
          Operands.Elementwise<DeviceMatrix> _,
          Operands.UpdateRows<DeviceMatrix> _ ->
          throw new IllegalArgumentException(run.kernel() + " belongs to a group");
      case Operands.Gather<DeviceMatrix>(
              DeviceMatrix table,
              DeviceMatrix ids,
              DeviceMatrix result) ->
          List.of(new GatherRows(table, ids, result).launch());
      case Operands.Uniform<DeviceMatrix>(int salt, DeviceMatrix seed, DeviceMatrix result) ->
          List.of(new UniformNumbers(seed, salt, result).launch());
      case Operands.ScatterAdd<DeviceMatrix>(
              DeviceMatrix values,
              DeviceMatrix ids,
              DeviceMatrix result) -> {
        DeviceMatrix links = scratchInts(result.rows() + ids.elements());
        yield List.of(
            new LinkIds(ids, result.rows(), links).launch(),
            new ScatterRows(values, links, result).launch());
      }
      case Operands.UniqueRows<DeviceMatrix>(
              int _,
              DeviceMatrix ids,
              DeviceMatrix rows,
              DeviceMatrix slots) -> {
        DeviceMatrix firsts = scratchInts(ids.elements());
        yield List.of(
            new FirstOccurrences(ids, firsts).launch(),
            new DistinctIds(ids, firsts, rows, slots).launch());
      }
      case Operands.Sum<DeviceMatrix>(DeviceMatrix operand, DeviceMatrix result) ->
          PartialSums.launches(operand, result, placement.scratchFloats());
      case Operands.CrossEntropy<DeviceMatrix> entropy -> List.of(crossEntropy(entropy));
    };
  }

  private DeviceMatrix scratchInts(int count) {
    return DeviceMatrix.fixed(placement.scratchInts(), 1, count);
  }

  /**
   * Large products have a kernel of their own; others are combined with instructions of their
   * shape.
   */
  private boolean canFuse(Instruction.Run product) {
    return !form(product).isLarge();
  }

  private ProductKernel.Form form(Instruction.Run product) {
    Slot result = product.outputs().getFirst();
    return form(result.rows(), result.columns(), isGpu);
  }

  /** The form of a product whose result has the given shape. */
  public static ProductKernel.Form form(int rows, int columns, boolean isGpu) {
    if (!isGpu || rows <= FEW_ROWS) {
      return ProductKernel.Form.COLUMNS;
    }
    if (tiles(ProductKernel.Form.LARGEST_TILES, rows, columns) >= FEW_LARGEST_TILES) {
      return ProductKernel.Form.LARGEST_TILES;
    }
    return tiles(ProductKernel.Form.LARGE_TILES, rows, columns) >= FEW_TILES
        ? ProductKernel.Form.LARGE_TILES
        : ProductKernel.Form.SHARED_TILES;
  }

  private static int tiles(ProductKernel.Form form, int rows, int columns) {
    return Math.ceilDiv(rows, form.tile()) * Math.ceilDiv(columns, form.tile());
  }

  private Launch products(List<Instruction.Run> runs) {
    List<Statement> statements = runs.stream().map(this::statement).toList();
    return new ProductKernel(statements, form(runs.getFirst())).launch();
  }

  Statement statement(Instruction.Run run) {
    return operands(run)
            instanceof
            Operands.MatMul<DeviceMatrix>(
                DeviceMatrix left,
                boolean transposeLeft,
                DeviceMatrix right,
                boolean transposeRight,
                Optional<DeviceMatrix> addend,
                DeviceMatrix result)
        ? new ProductTerm(left, right, addend.orElse(null), result, transposeLeft, transposeRight)
        : expression(run);
  }

  private ElementExpression expression(Instruction.Run run) {
    return switch (operands(run)) {
      case Operands.Elementwise<DeviceMatrix>(
              Expression expression,
              List<DeviceMatrix> operands,
              List<DeviceMatrix> results) ->
          ElementExpression.ofElements(expression, operands, results);
      case Operands.UpdateRows<DeviceMatrix>(
              Expression expression,
              List<Integer> tables,
              DeviceMatrix ids,
              List<DeviceMatrix> operands,
              List<DeviceMatrix> results) ->
          ElementExpression.ofRows(expression, operands, results, ids, tables);
      default -> throw new IllegalArgumentException(run.kernel() + " is not an expression");
    };
  }

  private Launch crossEntropy(Operands.CrossEntropy<DeviceMatrix> entropy) {
    boolean isSameUpstream =
        entropy.upstream().filter(upstream -> upstream.elements() == 1).isPresent();
    int layout =
        (entropy.loss().isPresent() ? CrossEntropy.LOSS : 0)
            | (entropy.gradient().isPresent() ? CrossEntropy.GRADIENT : 0)
            | (isSameUpstream ? CrossEntropy.SAME_UPSTREAM : 0);
    return new CrossEntropy(
            entropy.logits(),
            entropy.targets(),
            entropy.upstream().orElse(DeviceMatrix.NONE),
            entropy.loss().orElse(DeviceMatrix.NONE),
            entropy.gradient().orElse(DeviceMatrix.NONE),
            layout,
            isGpu)
        .launch();
  }

  private Operands<DeviceMatrix> operands(Instruction.Run run) {
    return run.operands().map(slot -> matrix(placement.base(slot.buffer()), slot));
  }

  static DeviceMatrix matrix(int base, Slot slot) {
    int columns = slot.columns();
    return new DeviceMatrix(
        base + slot.row() * columns, slot.stride() * columns, slot.rows(), columns);
  }
}

package org.charrnn.accel.tornado;

import java.util.ArrayList;
import java.util.List;
import org.charrnn.graph.Expression;
import org.charrnn.graph.Op;
import org.charrnn.graph.Type;
import org.charrnn.graph.program.Instruction;
import org.charrnn.graph.program.Program;
import org.charrnn.graph.program.Slot;

/**
 * Turns a program into launches of kernels.
 *
 * <p>The body of a loop is lowered once: its kernels read the step from the device, the last one
 * moves it on, and the body is executed as often as there are steps. So nothing is compiled for a
 * step of time, and nothing is launched for the step alone.
 */
final class Lowering {

  /** With fewer rows than this a tile of a product would be mostly empty. */
  private static final int FEW_ROWS = 4;

  /**
   * With fewer large tiles than this, some of a GPU's processors would have nothing to do; smaller
   * tiles are more.
   */
  private static final int FEW_TILES = 64;

  private static final Span NOTHING = new Span(0, 0, 0, 0);

  private final Placement placement;
  private final boolean gpu;

  private Lowering(Placement placement, boolean gpu) {
    this.placement = placement;
    this.gpu = gpu;
  }

  /**
   * The launches of {@code program}.
   *
   * @param placement where its buffers lie
   * @param gpu whether groups of work items share local memory that is faster than other memory
   */
  static List<Part> lower(Program program, Placement placement, boolean gpu) {
    Lowering lowering = new Lowering(placement, gpu);
    List<Part> parts = new ArrayList<>();
    List<Instruction.Run> straight = new ArrayList<>();
    for (Instruction instruction : program.instructions()) {
      switch (instruction) {
        case Instruction.Run run -> straight.add(run);
        case Instruction.Loop(int steps, boolean reverse, List<Instruction.Run> body) -> {
          parts.add(new Part.Once(lowering.beforeLoop(straight, reverse ? steps - 1 : 0)));
          straight.clear();
          parts.add(new Part.Repeated(steps, lowering.body(body, reverse)));
        }
      }
    }
    if (!straight.isEmpty()) {
      parts.add(new Part.Once(lowering.lower(straight)));
    }
    return parts;
  }

  /**
   * What the kernels of {@code program} need for themselves; they run one after another and share
   * it.
   */
  static Placement.Size scratch(Program program) {
    Placement.Size size = new Placement.Size(0, 0);
    for (Instruction instruction : program.instructions()) {
      List<Instruction.Run> runs =
          switch (instruction) {
            case Instruction.Run run -> List.of(run);
            case Instruction.Loop loop -> loop.body();
          };
      for (Instruction.Run run : runs) {
        size = size.max(scratch(run));
      }
    }
    return size;
  }

  private static Placement.Size scratch(Instruction.Run run) {
    return switch (run.kernel()) {
      case Op.Sum() ->
          Placement.Size.of(
              Type.F32,
              PartialSums.scratchElements(
                  at(0, run.inputs().getFirst()), at(0, run.outputs().getFirst())));
      case Op.ScatterAdd(int rows) ->
          Placement.Size.of(Type.I32, (long) rows + run.inputs().get(1).elements());
      case Op.UniqueRows _ -> Placement.Size.of(Type.I32, run.inputs().getFirst().elements());
      default -> new Placement.Size(0, 0);
    };
  }

  private List<Launch> beforeLoop(List<Instruction.Run> runs, int firstStep) {
    List<Launch> launches = new ArrayList<>(lower(runs));
    if (launches.isEmpty()) {
      launches.add(Idle.launch());
    }
    launches.add(launches.removeLast().with(Clock.before(firstStep)));
    return launches;
  }

  private List<Launch> body(List<Instruction.Run> runs, boolean reverse) {
    List<Launch> launches = new ArrayList<>(lower(runs));
    if (launches.size() < 2) {
      launches.add(Idle.launch());
    }
    for (int i = 0; i < launches.size(); i++) {
      launches.set(i, launches.get(i).with(Clock.inBody(i, launches.size(), reverse)));
    }
    return launches;
  }

  private List<Launch> lower(List<Instruction.Run> runs) {
    List<Launch> launches = new ArrayList<>();
    for (Fusion.Group group : Fusion.group(runs, run -> !isLarge(run.outputs().getFirst()))) {
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
    List<Span> in = run.inputs().stream().map(this::span).toList();
    List<Span> out = run.outputs().stream().map(this::span).toList();
    return switch (run.kernel()) {
      case Op.MatMul _, Op.Elementwise _, Op.UpdateRows _ ->
          throw new IllegalArgumentException(run.kernel() + " belongs to a group");
      case Op.Gather() -> List.of(new GatherRows(in.get(0), in.get(1), out.getFirst()).launch());
      case Op.Uniform(int salt) ->
          List.of(new UniformNumbers(in.getFirst(), salt, out.getFirst()).launch());
      case Op.ScatterAdd(int rows) -> {
        Span chains = Span.fixed(placement.scratchInts(), 1, rows + in.get(1).elements());
        yield List.of(
            new LinkIds(in.get(1), rows, chains).launch(),
            new ScatterRows(in.get(0), chains, out.getFirst()).launch());
      }
      case Op.UniqueRows _ -> {
        Span places = Span.fixed(placement.scratchInts(), 1, in.getFirst().elements());
        yield List.of(
            new FirstPlaces(in.getFirst(), places).launch(),
            new DistinctIds(in.getFirst(), places, out.get(0), out.get(1)).launch());
      }
      case Op.Sum() -> {
        Span scratch = Span.fixed(placement.scratchFloats(), 0, 0);
        yield PartialSums.launches(in.getFirst(), out.getFirst(), scratch);
      }
      case Op.CrossEntropy(boolean loss, boolean gradient) ->
          List.of(crossEntropy(loss, gradient, in, out));
    };
  }

  private boolean isLarge(Slot c) {
    return form(c.rows(), c.columns(), gpu) == ProductKernel.Form.BLOCKS;
  }

  /** The form of a product whose result has the given shape. */
  static ProductKernel.Form form(int rows, int columns, boolean gpu) {
    if (!gpu || rows <= FEW_ROWS) {
      return ProductKernel.Form.COLUMNS;
    }
    int tiles = Grid.ceilDiv(rows, Block.TILE) * Grid.ceilDiv(columns, Block.TILE);
    return tiles >= FEW_TILES ? ProductKernel.Form.BLOCKS : ProductKernel.Form.TILES;
  }

  private Launch products(List<Instruction.Run> runs) {
    List<Statement> statements = new ArrayList<>();
    for (Instruction.Run run : runs) {
      statements.add(run.kernel() instanceof Op.MatMul ? product(run) : expression(run));
    }
    Slot result = runs.getFirst().outputs().getFirst();
    return new ProductKernel(statements, form(result.rows(), result.columns(), gpu)).launch();
  }

  private ProductTerm product(Instruction.Run run) {
    List<Span> in = run.inputs().stream().map(this::span).toList();
    Op.MatMul product = (Op.MatMul) run.kernel();
    return new ProductTerm(
        in.get(0),
        in.get(1),
        in.size() > 2 ? in.get(2) : null,
        span(run.outputs().getFirst()),
        product.transposeA(),
        product.transposeB());
  }

  private ElementExpression expression(Instruction.Run run) {
    List<Span> in = run.inputs().stream().map(this::span).toList();
    List<Span> out = run.outputs().stream().map(this::span).toList();
    return switch (run.kernel()) {
      case Op.Elementwise(Expression expression) ->
          new ElementExpression(expression, in, out, null, in.stream().map(_ -> false).toList());
      case Op.UpdateRows(Expression expression, List<Integer> tables) -> {
        List<Boolean> isTable = new ArrayList<>();
        for (int i = 0; i < expression.operands(); i++) {
          isTable.add(tables.contains(i));
        }
        yield new ElementExpression(
            expression, in.subList(1, in.size()), out, in.getFirst(), isTable);
      }
      default -> throw new IllegalArgumentException(run.kernel() + " is no expression");
    };
  }

  private Launch crossEntropy(boolean loss, boolean gradient, List<Span> in, List<Span> out) {
    Span upstream = gradient ? in.get(2) : NOTHING;
    int layout =
        (loss ? CrossEntropy.LOSS : 0)
            | (gradient ? CrossEntropy.GRADIENT : 0)
            | (upstream.elements() == 1 ? CrossEntropy.SAME_UPSTREAM : 0);
    Span lossTo = loss ? out.getFirst() : NOTHING;
    Span gradientTo = gradient ? out.getLast() : NOTHING;
    return new CrossEntropy(in.get(0), in.get(1), upstream, lossTo, gradientTo, layout, gpu)
        .launch();
  }

  private Span span(Slot slot) {
    return at(placement.base(slot.buffer()), slot);
  }

  private static Span at(int base, Slot slot) {
    int columns = slot.columns();
    return new Span(base + slot.row() * columns, slot.stride() * columns, slot.rows(), columns);
  }
}

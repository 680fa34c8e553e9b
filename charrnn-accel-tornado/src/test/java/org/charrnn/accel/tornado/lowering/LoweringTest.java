package org.charrnn.accel.tornado.lowering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.charrnn.accel.tornado.kernel.ExpressionKernel;
import org.charrnn.accel.tornado.kernel.Kernel;
import org.charrnn.accel.tornado.kernel.Launch;
import org.charrnn.accel.tornado.kernel.NoOpKernel;
import org.charrnn.accel.tornado.kernel.ProductKernel;
import org.charrnn.accel.tornado.kernel.RecurrenceKernel;
import org.charrnn.accel.tornado.kernel.RowLoopKernel;
import org.charrnn.accel.tornado.layout.StepCounter;
import org.charrnn.accel.tornado.op.Transposition;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;
import org.charrnn.graph.compile.Compiler;
import org.charrnn.graph.program.Program;
import org.junit.jupiter.api.Test;

class LoweringTest {

  private static Kernel product(int rows, int inner, int columns, boolean gpu) {
    Graph graph = new Graph();
    graph.output(
        "c",
        graph.matmul(
            graph.input("a", Type.F32, Shape.of(rows, inner)),
            graph.input("b", Type.F32, Shape.of(inner, columns)),
            false,
            false));
    List<Launch> launches = Programs.launches(Compiler.compile(graph, "product"), gpu);
    assertEquals(1, launches.size());
    return launches.getFirst().kernel();
  }

  @Test
  void lower_moreSteps_sameBodies() {
    List<Segment.Repeated> few = loops(Programs.training(3, 8, 2));
    List<Segment.Repeated> many = loops(Programs.training(9, 8, 2));
    assertEquals(2, few.size());
    for (int i = 0; i < 2; i++) {
      assertEquals(3, few.get(i).steps());
      assertEquals(9, many.get(i).steps());
      assertEquals(few.get(i).launches().size(), many.get(i).launches().size());
    }
  }

  private static List<Segment.Repeated> loops(Program program) {
    return loops(program, false);
  }

  private static List<Segment.Repeated> loops(Program program, boolean gpu) {
    return Programs.lower(program, gpu).stream()
        .filter(Segment.Repeated.class::isInstance)
        .map(Segment.Repeated.class::cast)
        .toList();
  }

  /** No launch writes the step that it reads, because its work items are not ordered. */
  @Test
  void lower_loop_advancesTheStepInItsOwnLaunches() {
    List<Segment> parts = Programs.lower(Programs.training(5, 8, 2), false);
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i) instanceof Segment.Repeated(_, List<Launch> body)) {
        boolean reverse = i > 1; // the first loop is the forward pass
        assertEquals(
            new StepCounter(StepCounter.NOWHERE, StepCounter.NEXT, reverse ? 4 : 0),
            parts.get(i - 1).launches().getLast().counter());
        assertEquals(
            new StepCounter(StepCounter.NEXT, StepCounter.CURRENT, 0), body.getFirst().counter());
        assertEquals(
            new StepCounter(StepCounter.CURRENT, StepCounter.NEXT, reverse ? -1 : 1),
            body.getLast().counter());
        for (Launch between : body.subList(1, body.size() - 1)) {
          assertEquals(
              new StepCounter(StepCounter.CURRENT, StepCounter.NOWHERE, 0), between.counter());
        }
      } else {
        List<Launch> launches = parts.get(i).launches();
        launches
            .subList(0, launches.size() - 1)
            .forEach(launch -> assertEquals(StepCounter.OUTSIDE, launch.counter()));
      }
    }
  }

  /** Its body is a single kernel, which cannot both read and advance the step. */
  @Test
  void lower_loopOfOneKernel_hasALaunchForTheStep() {
    Segment.Repeated loop = loops(Programs.multiplying(5)).getFirst();
    assertEquals(2, loop.launches().size());
    assertEquals(new NoOpKernel(), loop.launches().getLast().kernel());
  }

  @Test
  void lower_loopOfExpressions_isOneLaunch() {
    assertEquals(List.of(), loops(Programs.adding(5)));
    Kernel first =
        Programs.launches(Programs.adding(5), false).stream()
            .map(Launch::kernel)
            .filter(RecurrenceKernel.class::isInstance)
            .findFirst()
            .orElseThrow();
    assertEquals(5, ((RecurrenceKernel) first).steps());
  }

  @Test
  void lower_training_hasOneLaunchForAllUpdates() {
    List<Launch> launches = Programs.launches(Programs.training(5, 8, 2), false);
    ExpressionKernel last = assertInstanceOf(ExpressionKernel.class, launches.getLast().kernel());
    // 6 weights and 3 biases of the cell, a weight and a bias of the output; and the carried state.
    assertTrue(last.expressions().size() >= 11, () -> last.expressions().size() + " expressions");
    assertTrue(launches.size() < 80, () -> launches.size() + " launches");
  }

  @Test
  void lower_product_kernelSuitsDeviceAndSize() {
    assertEquals(ProductKernel.Form.COLUMNS, form(512, 64, 512, false));
    assertEquals(ProductKernel.Form.COLUMNS, form(1, 64, 512, true));
    assertEquals(ProductKernel.Form.SHARED_TILES, form(64, 64, 512, true));
    assertEquals(ProductKernel.Form.LARGE_TILES, form(512, 64, 512, true));
    assertEquals(ProductKernel.Form.LARGEST_TILES, form(2048, 64, 2048, true));
  }

  private static ProductKernel.Form form(int rows, int inner, int columns, boolean gpu) {
    return assertInstanceOf(ProductKernel.class, product(rows, inner, columns, gpu)).form();
  }

  /** Forward: both gates with their expressions, and the candidate with the new state. */
  @Test
  void lower_gru_onAProcessor_hasTwoLaunchesPerStepForwardAndThreeBackward() {
    List<Segment.Repeated> loops = loops(Programs.training(5, 8, 6), false);
    assertEquals(2, loops.getFirst().launches().size());
    assertEquals(3, loops.getLast().launches().size());
  }

  /** Backward, the weights are transposed before. */
  @Test
  void lower_gru_onAGpu_hasOneLaunchForwardAndOneBackward() {
    Program program = Programs.training(5, 8, 6);
    assertEquals(List.of(), loops(program, true));
    List<Launch> launches = Programs.launches(program, true);
    List<RowLoopKernel> rows =
        launches.stream()
            .map(Launch::kernel)
            .filter(RowLoopKernel.class::isInstance)
            .map(RowLoopKernel.class::cast)
            .toList();
    assertEquals(List.of(false, true), rows.stream().map(RowLoopKernel::reverse).toList());
    assertEquals(List.of(2, 3), rows.stream().map(loop -> loop.phases().size()).toList());
    long transposed =
        launches.stream().filter(launch -> launch.kernel() instanceof Transposition).count();
    assertEquals(3, transposed);
  }

  /** On paper, tiles are faster if a step reads so many weights. */
  @Test
  void lower_loopWithLargeWeights_runsStepByStep() {
    Program program = Programs.training(Programs.gru(50, 1200), 3, 2);
    assertEquals(2, loops(program, true).size());
  }

  @Test
  void expressionKernel_eachExpressionStartsWithAGroup() {
    List<Launch> launches = Programs.launches(Programs.training(5, 8, 2), false);
    ExpressionKernel last = (ExpressionKernel) launches.getLast().kernel();
    for (int i = 0; i < last.expressions().size(); i++) {
      assertEquals(0, last.firstItem(i) % launches.getLast().grid().localX());
    }
  }
}

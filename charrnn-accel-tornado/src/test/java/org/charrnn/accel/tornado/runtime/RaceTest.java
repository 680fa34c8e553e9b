package org.charrnn.accel.tornado.runtime;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.charrnn.accel.tornado.kernel.Launch;
import org.charrnn.accel.tornado.kernel.MethodKernel;
import org.charrnn.accel.tornado.kernel.ProductKernel;
import org.charrnn.accel.tornado.kernel.ProductTerm;
import org.charrnn.accel.tornado.layout.DeviceMatrix;
import org.charrnn.accel.tornado.layout.Grid;
import org.charrnn.accel.tornado.layout.Placement;
import org.charrnn.accel.tornado.lowering.Programs;
import org.charrnn.api.Memory;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Work items do not race: every access of every kernel to memory is recorded, and those of
 * different work items to one element have a barrier of that kind of memory between them if one of
 * them writes. A processor that runs the work items of a group in turn would not show a race.
 */
class RaceTest {

  private static void run(Program program, boolean isGpu) {
    try (TornadoSession session = new TornadoSession(new JavaTarget(isGpu, JavaMemory::recorded))) {
      Map<String, Memory> memories = new HashMap<>();
      for (Buffer buffer : program.externals()) {
        memories.put(buffer.name(), session.allocate(buffer.type(), buffer.shape()));
      }
      session.compile(program, memories).run();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void training_hasNoRaces(boolean isGpu) {
    run(Programs.training(3, 20, 6), isGpu);
  }

  /** A loop by rows whose groups have two rows, but for the last one. */
  @Test
  void loopsByRows_haveNoRaces() {
    run(Programs.training(2, 5, 17), true);
  }

  @ParameterizedTest
  @CsvSource({
    "false, false, LARGE_TILES",
    "false, true, LARGE_TILES",
    "true, false, LARGE_TILES",
    "true, true, LARGE_TILES",
    "true, false, LARGEST_TILES",
    "false, true, LARGEST_TILES",
  })
  void largeTiles_haveNoRaces(boolean transposeA, boolean transposeB, ProductKernel.Form form) {
    int rows = form.tile() + 6;
    int inner = 19;
    int columns = form.tile() + 2;
    DeviceMatrix a =
        transposeA ? DeviceMatrix.fixed(16, inner, rows) : DeviceMatrix.fixed(16, rows, inner);
    DeviceMatrix b =
        transposeB
            ? DeviceMatrix.fixed(16 + a.elements(), columns, inner)
            : DeviceMatrix.fixed(16 + a.elements(), inner, columns);
    DeviceMatrix c = DeviceMatrix.fixed(b.base() + b.elements(), rows, columns);
    ProductTerm product = new ProductTerm(a, b, null, c, transposeA, transposeB);
    Launch launch = new ProductKernel(List.of(product), form).launch();
    JavaMemory memory =
        JavaMemory.recorded(new Placement.Size(c.base() + c.elements(), Placement.RESERVED));
    int graph = memory.add(List.of(launch));
    memory.execute(graph);
  }

  /** Each work item writes an element and reads its neighbor's. */
  public record Neighbors(String barrier) implements MethodKernel {

    @Override
    public String method() {
      return barrier;
    }

    @Override
    public boolean usesBarriers() {
      return true;
    }

    @Override
    public List<DeviceMatrix> matrices() {
      return List.of();
    }

    @Override
    public List<Integer> numbers() {
      return List.of();
    }

    public static void local(KernelContext context, FloatArray floats, IntArray ints) {
      floats.set(context.globalIdx, context.globalIdx);
      context.localBarrier();
      floats.set(32 + context.globalIdx, floats.get(context.globalIdx ^ 1));
    }

    public static void global(KernelContext context, FloatArray floats, IntArray ints) {
      floats.set(context.globalIdx, context.globalIdx);
      context.globalBarrier();
      floats.set(32 + context.globalIdx, floats.get(context.globalIdx ^ 1));
    }

    public static void between(KernelContext context, FloatArray floats, IntArray ints) {
      floats.set(context.globalIdx, context.globalIdx);
      context.globalBarrier();
      floats.set(32 + context.globalIdx, floats.get(15 - context.globalIdx));
    }

    public static void localArray(KernelContext context, FloatArray floats, IntArray ints) {
      float[] shared = context.allocateFloatLocalArray(16);
      shared[context.localIdx] = context.localIdx;
      context.globalBarrier();
      floats.set(context.globalIdx, shared[context.localIdx ^ 1]);
    }

    public static void divergent(KernelContext context, FloatArray floats, IntArray ints) {
      if (context.localIdx > 0) {
        context.localBarrier();
      }
    }
  }

  private static void launch(String barrier) {
    JavaMemory memory = JavaMemory.recorded(new Placement.Size(64, Placement.RESERVED));
    int graph =
        memory.add(List.of(new Launch("neighbors", new Neighbors(barrier), new Grid(16, 1, 8, 1))));
    memory.execute(graph);
  }

  @Test
  void barrierOfLocalMemory_doesNotOrderGlobalMemory() {
    String message = assertThrows(AssertionError.class, () -> launch("local")).getMessage();
    assertTrue(message.startsWith("kernel neighbors: work items of a group race"), message);
  }

  @Test
  void barrierOfGlobalMemory_ordersWorkItemsOfAGroup() {
    assertDoesNotThrow(() -> launch("global"));
  }

  @Test
  void barrier_doesNotOrderGroups() {
    String message = assertThrows(AssertionError.class, () -> launch("between")).getMessage();
    assertTrue(message.startsWith("kernel neighbors: groups race"), message);
  }

  @Test
  void barrierThatSomeWorkItemsDoNotReach_isAnError() {
    Exception e = assertThrows(IllegalStateException.class, () -> launch("divergent"));
    assertTrue(e.getMessage().contains("ended before a barrier"), e::toString);
  }

  @Test
  void barrierOfGlobalMemory_doesNotOrderLocalMemory() {
    String message = assertThrows(AssertionError.class, () -> launch("localArray")).getMessage();
    assertTrue(message.contains("local memory"), message);
  }
}

package org.charrnn.accel.tornado;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.charrnn.accel.tornado.layout.Placement;
import org.charrnn.accel.tornado.runtime.DeviceMemory;
import org.charrnn.accel.tornado.runtime.PlanExecutor;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.DeviceException;
import org.charrnn.api.Executable;
import org.charrnn.api.Memory;
import org.charrnn.api.Session;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;
import org.charrnn.graph.compile.Compiler;
import org.charrnn.graph.program.Program;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** Tests that need the real runtime and device, if there is an SDK. */
class TornadoDeviceTest {

  @BeforeAll
  static void needsAnSdk() {
    RealDevice.require();
  }

  private static Program doubling(int elements) {
    Graph graph = new Graph();
    Tensor w = graph.parameter("w", Shape.of(elements));
    graph.update(w, w.times(2));
    return Compiler.compile(graph, "doubling");
  }

  private static float[] doubled(Session session, float... values) {
    Memory w = session.allocate(Type.F32, Shape.of(values.length));
    w.write(values);
    session.compile(doubling(values.length), Map.of("w", w)).run();
    float[] result = new float[values.length];
    w.read(result);
    return result;
  }

  @Test
  void fallbackToJava_isDisabled() {
    assertEquals("false", System.getProperty(Devices.FALLBACK));
  }

  @Test
  void open_selfCheckPasses_onEachDevice() {
    Devices.Search.Found found = (Devices.Search.Found) Devices.search();
    for (DeviceInfo device : found.devices()) {
      AcceleratorOptions options = new AcceleratorOptions(1, Optional.of(device.id()));
      try (Session session = new TornadoAccelerator().open(options)) {
        assertArrayEquals(new float[] {2, 4, -6}, doubled(session, 1, 2, -3), device.describe());
      }
    }
  }

  @Test
  void close_freesTheMemory_aHundredTimes() {
    DeviceInfo device = RealDevice.devices().getFirst();
    // Together these need more than twice the memory of the device.
    int elements = (int) Math.min(device.memoryBytes() / 40 / Float.BYTES, 1 << 28);
    for (int i = 0; i < 100; i++) {
      try (DeviceMemory memory = device.allocate(new Placement.Size(elements, 16))) {
        memory.write(elements - 3, new float[] {1, 2, i});
        float[] read = new float[3];
        memory.read(elements - 3, read);
        assertArrayEquals(new float[] {1, 2, i}, read);
      }
    }
  }

  /** The runtime keeps queues, events and kernels of each plan, and a session has several plans. */
  @Test
  void close_freesTheDataOfPlans() {
    TornadoDevice device = RealDevice.devices().getFirst().device();
    Set<Long> before = Set.copyOf(device.getDeviceContext().getRegisteredPlanIds());
    for (int i = 0; i < 3; i++) {
      try (Session session = new TornadoAccelerator().open(AcceleratorOptions.defaults())) {
        doubled(session, 1, 2, 3);
        doubled(session, 1, 2);
      }
    }
    assertEquals(before, Set.copyOf(device.getDeviceContext().getRegisteredPlanIds()));
  }

  /** The runtime keeps a record of each execution, so plans are replaced after some thousands. */
  @Test
  void run_moreOftenThanAPlanIsExecuted_continues() {
    Graph graph = new Graph();
    Tensor w = graph.parameter("w", Shape.of(1));
    graph.update(w, w.plus(graph.constant(1)));
    Program counting = Compiler.compile(graph, "counting");
    int runs = PlanExecutor.EXECUTIONS_OF_A_PLAN + 100;
    try (Session session = new TornadoAccelerator(false).open(AcceleratorOptions.defaults())) {
      Memory memory = session.allocate(Type.F32, Shape.of(1));
      Executable executable = session.compile(counting, Map.of("w", memory));
      for (int i = 0; i < runs; i++) {
        executable.run();
      }
      float[] counted = new float[1];
      memory.read(counted);
      assertEquals(runs, counted[0]);
    }
  }

  @Test
  void allocate_tooMuch_saysHowMuchAndWhatToReduce() {
    try (Session session = new TornadoAccelerator(false).open(AcceleratorOptions.defaults())) {
      Shape large = Shape.of(1 << 30);
      String message =
          assertThrows(
                  DeviceException.class,
                  () -> {
                    for (int i = 0; i < 100; i++) {
                      session.allocate(Type.F32, large);
                    }
                  })
              .getMessage();
      assertTrue(message.startsWith("Out of memory on "), message);
      assertTrue(message.contains("Reduce the batch size"), message);
    }
  }

  @Test
  void compile_afterRuns_keepsTheMemoryOfTheDevice() {
    try (Session session = new TornadoAccelerator(false).open(AcceleratorOptions.defaults())) {
      Memory w = session.allocate(Type.F32, Shape.of(3));
      w.write(new float[] {1, 2, 3});
      session.compile(doubling(3), Map.of("w", w)).run();
      // Small: another graph of the same plan. Large: the session moves to larger memory.
      for (int elements : new int[] {5, 300_000}) {
        assertEquals(2, doubled(session, ones(elements))[elements - 1]);
        float[] read = new float[3];
        w.read(read);
        assertArrayEquals(new float[] {2, 4, 6}, read);
      }
    }
  }

  private static float[] ones(int count) {
    float[] ones = new float[count];
    Arrays.fill(ones, 1);
    return ones;
  }
}

package org.charrnn.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.charrnn.api.Accelerator;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.Availability;
import org.charrnn.api.Executable;
import org.charrnn.api.HostRows;
import org.charrnn.api.Memory;
import org.charrnn.api.Session;
import org.charrnn.api.discovery.Plugins;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;
import org.charrnn.graph.compile.Compiler;
import org.charrnn.graph.program.Program;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The requirements for sessions, memory and executables of every accelerator. {@link
 * AcceleratorContract} includes them.
 *
 * <p><b>Thread safety.</b> None: JUnit runs the tests of a class on one thread.
 */
public abstract class SessionRules {

  private static final Shape PAIR = Shape.of(1, 2);
  private static final Shape TABLE = Shape.of(3, 2);

  /** For subclasses. */
  protected SessionRules() {}

  /** {@return the accelerator under test, a new instance for each call} */
  protected abstract Accelerator accelerator();

  @BeforeEach
  void skipWhereUnavailable() {
    if (accelerator().availability()
        instanceof Availability.Unavailable(String reason, String remedy)) {
      assumeTrue(false, accelerator().name() + " is unavailable here: " + reason + "; " + remedy);
    }
  }

  /** Outputs {@code y}, the row of {@code w} at {@code ids}, and doubles {@code w}. */
  private static Program doubling() {
    Graph graph = new Graph();
    Tensor w = graph.parameter("w", TABLE);
    Tensor ids = graph.input("ids", Type.I32, Shape.of(1));
    graph.output("y", graph.gather(w, ids));
    graph.update(w, w.times(2));
    return Compiler.compile(graph, "doubling");
  }

  /** Outputs {@code y = x w}, where {@code x} has eight rows. */
  private static Program product() {
    Graph graph = new Graph();
    Tensor x = graph.input("x", Type.F32, Shape.of(8, 3));
    Tensor w = graph.parameter("w", TABLE);
    graph.output("y", x.matmul(w));
    return Compiler.compile(graph, "product");
  }

  /**
   * Outputs {@code y}, the state of eight rows after two steps of {@code s' = x + (s w^T) w}, so
   * that a loop reads {@code w} as it is and transposed.
   */
  private static Program loop() {
    Graph graph = new Graph();
    Tensor x = graph.input("x", Type.F32, Shape.of(2, 8, 2));
    Tensor w = graph.parameter("w", TABLE);
    Graph.Scanned scanned =
        graph.scan(
            List.of(x),
            List.of(graph.zeros(Shape.of(8, 2))),
            (slices, carried) -> {
              Tensor read = carried.getFirst().matmulTransposed(w).matmul(w);
              return new Graph.StepResult(List.of(slices.getFirst().plus(read)), List.of());
            });
    graph.output("y", scanned.last().getFirst());
    return Compiler.compile(graph, "loop");
  }

  private Session open() {
    return accelerator().open(AcceleratorOptions.defaults());
  }

  private static Memory table(Session session, float... values) {
    Memory memory = session.allocate(Type.F32, TABLE);
    memory.write(values);
    return memory;
  }

  private static Memory id(Session session, int id) {
    Memory memory = session.allocate(Type.I32, Shape.of(1));
    memory.write(new int[] {id});
    return memory;
  }

  private static float[] read(Memory memory) {
    float[] values = new float[memory.shape().elements()];
    memory.read(values);
    return values;
  }

  // ---- the plugin

  @Test
  void name_isValid() {
    PluginRules.requireValidName(this::accelerator);
  }

  @Test
  void accelerator_isRegistered() {
    PluginRules.requireRegistered(Plugins.accelerators(), accelerator());
  }

  @Test
  void availability_namesTheDevice() {
    Availability.Available available =
        assertInstanceOf(Availability.Available.class, accelerator().availability());
    assertTrue(!available.device().isBlank(), "the device has no name");
  }

  @Test
  void open_unknownDevice() {
    AcceleratorOptions options = new AcceleratorOptions(1, Optional.of("no such device 9f2"));
    assertThrows(IllegalArgumentException.class, () -> accelerator().open(options));
  }

  // ---- memory

  @Test
  void allocate_isZero() {
    try (Session session = open()) {
      assertArrayEquals(new float[6], read(session.allocate(Type.F32, TABLE)));
      int[] ints = {1, 2};
      session.allocate(Type.I32, PAIR).read(ints);
      assertArrayEquals(new int[2], ints);
    }
  }

  @Test
  void allocate_hasTypeAndShape() {
    try (Session session = open()) {
      Memory memory = session.allocate(Type.I32, Shape.of(2, 3, 4));
      assertEquals(Type.I32, memory.type());
      assertEquals(Shape.of(2, 3, 4), memory.shape());
      assertEquals(Shape.SCALAR, session.allocate(Type.F32, Shape.SCALAR).shape());
    }
  }

  @Test
  void write_thenRead() {
    try (Session session = open()) {
      float[] floats = {1.5f, -0f, Float.NaN, Float.NEGATIVE_INFINITY, Float.MAX_VALUE, 1e-30f};
      assertArrayEquals(floats, read(table(session, floats)));
      int[] ints = {Integer.MIN_VALUE, Integer.MAX_VALUE};
      int[] read = new int[2];
      Memory memory = session.allocate(Type.I32, PAIR);
      memory.write(ints);
      memory.read(read);
      assertArrayEquals(ints, read);
    }
  }

  @Test
  void write_copiesTheArray() {
    try (Session session = open()) {
      float[] values = {1, 2, 3, 4, 5, 6};
      Memory memory = table(session, values);
      values[0] = 9;
      assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, read(memory));
      read(memory)[0] = 9;
      assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, read(memory));
    }
  }

  @Test
  void write_wrongLength() {
    try (Session session = open()) {
      Memory floats = session.allocate(Type.F32, PAIR);
      Memory ints = session.allocate(Type.I32, PAIR);
      assertThrows(IllegalArgumentException.class, () -> floats.write(new float[1]));
      assertThrows(IllegalArgumentException.class, () -> floats.write(new float[3]));
      assertThrows(IllegalArgumentException.class, () -> floats.read(new float[3]));
      assertThrows(IllegalArgumentException.class, () -> ints.write(new int[3]));
      assertThrows(IllegalArgumentException.class, () -> ints.read(new int[1]));
    }
  }

  @Test
  void write_wrongType() {
    try (Session session = open()) {
      Memory floats = session.allocate(Type.F32, PAIR);
      Memory ints = session.allocate(Type.I32, PAIR);
      assertThrows(IllegalArgumentException.class, () -> floats.write(new int[2]));
      assertThrows(IllegalArgumentException.class, () -> floats.read(new int[2]));
      assertThrows(IllegalArgumentException.class, () -> ints.write(new float[2]));
      assertThrows(IllegalArgumentException.class, () -> ints.read(new float[2]));
    }
  }

  @Test
  void hostRows_areThoseOfTheMemory() {
    try (Session session = open()) {
      float[] values = {1, 2, 3, 4, 5, 6};
      Memory memory = table(session, values);
      Optional<HostRows> rows = memory.hostRows();
      assertEquals(Optional.empty(), session.allocate(Type.I32, PAIR).hostRows());
      if (rows.isPresent()) {
        assertHostRows(values, memory, rows.get());
        float[] others = {7, 8, 9, 10, 11, 12};
        memory.write(others);
        assertHostRows(others, memory, rows.get());
        rows.get().write(1, new float[] {-1, -2});
        assertArrayEquals(new float[] {7, 8, -1, -2, 11, 12}, read(memory));
      }
    }
  }

  /** Also of the memory that a program changes, in each run. */
  @Test
  void hostRows_afterARun_areItsResults() {
    try (Session session = open()) {
      Memory w = table(session, 1, 2, 3, 4, 5, 6);
      Memory y = session.allocate(Type.F32, PAIR);
      Map<String, Memory> externals = Map.of("w", w, "ids", id(session, 0), "y", y);
      Executable doubling = session.compile(doubling(), externals);
      List<Memory> changed = List.of(w, y);
      List<Optional<HostRows>> rows = changed.stream().map(Memory::hostRows).toList();
      for (int run = 0; run < 3; run++) {
        doubling.run();
        for (int i = 0; i < rows.size(); i++) {
          Memory memory = changed.get(i);
          rows.get(i).ifPresent(it -> assertHostRows(read(memory), memory, it));
        }
      }
    }
  }

  private static void assertHostRows(float[] values, Memory memory, HostRows rows) {
    int count = memory.shape().rows();
    int columns = memory.shape().columns();
    float[] row = new float[columns];
    for (int i = 0; i < count; i++) {
      rows.read(i, row);
      assertArrayEquals(Arrays.copyOfRange(values, i * columns, (i + 1) * columns), row);
    }
    assertThrows(IllegalArgumentException.class, () -> rows.read(-1, row));
    assertThrows(IllegalArgumentException.class, () -> rows.read(count, row));
    assertThrows(IllegalArgumentException.class, () -> rows.read(0, new float[columns + 1]));
    assertThrows(IllegalArgumentException.class, () -> rows.write(count, row));
    assertThrows(IllegalArgumentException.class, () -> rows.write(0, new float[columns + 1]));
  }

  // ---- programs

  @Test
  void run_readsAndUpdates() {
    try (Session session = open()) {
      Memory w = table(session, 1, 2, 3, 4, 5, 6);
      Memory y = session.allocate(Type.F32, PAIR);
      Executable doubling =
          session.compile(doubling(), Map.of("w", w, "ids", id(session, 1), "y", y));
      doubling.run();
      doubling.run();
      assertArrayEquals(new float[] {6, 8}, read(y));
      assertArrayEquals(new float[] {4, 8, 12, 16, 20, 24}, read(w));
    }
  }

  @Test
  void run_readsMemoryWrittenBetweenRuns() {
    try (Session session = open()) {
      Memory w = table(session, 1, 2, 3, 4, 5, 6);
      Memory ids = id(session, 0);
      Memory y = session.allocate(Type.F32, PAIR);
      Executable doubling = session.compile(doubling(), Map.of("w", w, "ids", ids, "y", y));
      doubling.run();
      w.write(new float[] {0, 0, 0, 0, 7, 8});
      ids.write(new int[] {2});
      doubling.run();
      assertArrayEquals(new float[] {7, 8}, read(y));
    }
  }

  @Test
  void programs_shareMemory() {
    try (Session session = open()) {
      Memory w = table(session, 1, 2, 3, 4, 5, 6);
      Memory first = session.allocate(Type.F32, PAIR);
      Memory second = session.allocate(Type.F32, PAIR);
      Executable one =
          session.compile(doubling(), Map.of("w", w, "ids", id(session, 0), "y", first));
      Executable two =
          session.compile(doubling(), Map.of("w", w, "ids", id(session, 2), "y", second));
      one.run();
      two.run();
      one.run();
      assertArrayEquals(new float[] {4, 8}, read(first));
      assertArrayEquals(new float[] {10, 12}, read(second));
      assertArrayEquals(new float[] {8, 16, 24, 32, 40, 48}, read(w));
    }
  }

  /** An accelerator may keep a rearranged copy of an operand only until the operand changes. */
  @Test
  void run_readsOperandsThatChangedBetweenRuns() {
    float[][] expected = {{9, 12}, {18, 24}, {3, 4}, {7, 9}};
    assertReadsChangedOperands(product(), Shape.of(8, 3), expected);
  }

  /** The same before a loop. */
  @Test
  void run_readsOperandsOfLoopsThatChangedBetweenRuns() {
    float[][] expected = {{80, 101}, {317, 401}, {8, 11}, {65, 89}};
    assertReadsChangedOperands(loop(), Shape.of(2, 8, 2), expected);
  }

  /**
   * Runs a program before and after {@code w} is changed by another program, by the host, and in a
   * single row.
   *
   * @param shape that of {@code x}, which is one everywhere
   * @param expected all rows of {@code y} after each run
   */
  private void assertReadsChangedOperands(Program program, Shape shape, float[][] expected) {
    try (Session session = open()) {
      Memory w = table(session, 1, 2, 3, 4, 5, 6);
      Memory x = session.allocate(Type.F32, shape);
      float[] ones = new float[shape.elements()];
      Arrays.fill(ones, 1);
      x.write(ones);
      Memory y = session.allocate(Type.F32, Shape.of(8, 2));
      Memory row = session.allocate(Type.F32, PAIR);
      Executable reading = session.compile(program, Map.of("x", x, "w", w, "y", y));
      Executable doubling =
          session.compile(doubling(), Map.of("w", w, "ids", id(session, 0), "y", row));
      reading.run();
      assertRows(expected[0], y);
      doubling.run();
      reading.run();
      assertRows(expected[1], y);
      w.write(new float[] {1, 1, 1, 1, 1, 2});
      reading.run();
      assertRows(expected[2], y);
      w.hostRows()
          .ifPresent(rows -> {
            rows.write(2, new float[] {5, 7});
            reading.run();
            assertRows(expected[3], y);
          });
    }
  }

  private static void assertRows(float[] expected, Memory memory) {
    float[] values = read(memory);
    for (int i = 0; i < values.length; i++) {
      assertEquals(expected[i % expected.length], values[i], "at " + i);
    }
  }

  @Test
  void compile_unusedExternals_areIgnored() {
    try (Session session = open()) {
      Memory w = table(session, 1, 2, 3, 4, 5, 6);
      Memory y = session.allocate(Type.F32, PAIR);
      Memory unused = table(session, 9, 9, 9, 9, 9, 9);
      session
          .compile(doubling(), Map.of("w", w, "ids", id(session, 1), "y", y, "t0", unused))
          .run();
      assertArrayEquals(new float[] {3, 4}, read(y));
      assertArrayEquals(new float[] {9, 9, 9, 9, 9, 9}, read(unused));
    }
  }

  @Test
  void compile_missingExternal_isNamed() {
    try (Session session = open()) {
      Map<String, Memory> externals =
          Map.of("w", table(session, 1, 2, 3, 4, 5, 6), "ids", id(session, 0));
      IllegalArgumentException error =
          assertThrows(
              IllegalArgumentException.class, () -> session.compile(doubling(), externals));
      assertTrue(String.valueOf(error.getMessage()).contains("y"), error::getMessage);
    }
  }

  @Test
  void compile_wrongShapeOrType() {
    try (Session session = open()) {
      Memory w = table(session, 1, 2, 3, 4, 5, 6);
      Memory ids = id(session, 0);
      Memory transposed = session.allocate(Type.F32, Shape.of(2, 1));
      Memory ints = session.allocate(Type.I32, PAIR);
      for (Memory wrong : new Memory[] {transposed, ints}) {
        assertThrows(
            IllegalArgumentException.class,
            () -> session.compile(doubling(), Map.of("w", w, "ids", ids, "y", wrong)));
      }
    }
  }

  @Test
  void compile_memoryOfAnotherSession() {
    try (Session session = open();
        Session other = open()) {
      Memory w = table(session, 1, 2, 3, 4, 5, 6);
      Memory foreign = other.allocate(Type.F32, PAIR);
      Map<String, Memory> externals = Map.of("w", w, "ids", id(session, 0), "y", foreign);
      assertThrows(IllegalArgumentException.class, () -> session.compile(doubling(), externals));
    }
  }

  // ---- sessions

  @Test
  void sessions_areIndependent() {
    Accelerator accelerator = accelerator();
    try (Session two = accelerator.open(AcceleratorOptions.defaults())) {
      Memory secondTable = table(two, 10, 20, 30, 40, 50, 60);
      Memory z = two.allocate(Type.F32, PAIR);
      Program program = doubling();
      Executable second = two.compile(program, Map.of("w", secondTable, "ids", id(two, 1), "y", z));
      try (Session one = accelerator.open(AcceleratorOptions.defaults())) {
        Memory firstTable = table(one, 1, 2, 3, 4, 5, 6);
        Memory y = one.allocate(Type.F32, PAIR);
        Executable first = one.compile(program, Map.of("w", firstTable, "ids", id(one, 0), "y", y));
        first.run();
        second.run();
        first.run();
        assertArrayEquals(new float[] {2, 4}, read(y));
        assertArrayEquals(new float[] {30, 40}, read(z));
      }
      second.run(); // after the other session is closed
      assertArrayEquals(new float[] {60, 80}, read(z));
      assertArrayEquals(new float[] {40, 80, 120, 160, 200, 240}, read(secondTable));
    }
  }

  @Test
  void session_runsOnAnotherThread() throws InterruptedException {
    try (Session session = open()) {
      Memory w = table(session, 1, 2, 3, 4, 5, 6);
      Memory y = session.allocate(Type.F32, PAIR);
      Executable doubling =
          session.compile(doubling(), Map.of("w", w, "ids", id(session, 1), "y", y));
      doubling.run();
      Thread thread = new Thread(doubling::run);
      thread.start();
      thread.join();
      assertArrayEquals(new float[] {6, 8}, read(y));
    }
  }

  @Test
  void forEach_eachPartOnce_withinTheCall() {
    try (Session session = open()) {
      for (int parts = 0; parts < 50; parts++) {
        AtomicIntegerArray done = new AtomicIntegerArray(parts);
        session.forEach(parts, done::incrementAndGet);
        for (int i = 0; i < parts; i++) {
          assertEquals(1, done.get(i), "part " + i + " of " + parts);
        }
      }
    }
  }

  @Test
  void forEach_partThatFails() {
    try (Session session = open()) {
      ArithmeticException fault = new ArithmeticException("of a part");
      assertSame(
          fault,
          assertThrows(
              ArithmeticException.class,
              () ->
                  session.forEach(
                      20,
                      i -> {
                        if (i == 7) {
                          throw fault;
                        }
                      })));
      AtomicInteger after = new AtomicInteger();
      session.forEach(20, _ -> after.incrementAndGet());
      assertEquals(20, after.get());
    }
  }

  @Test
  void close_twice() {
    Session session = open();
    table(session, 1, 2, 3, 4, 5, 6);
    session.close();
    assertDoesNotThrow(session::close);
  }

  @Test
  void close_endsEverything() {
    Session session = open();
    Memory w = table(session, 1, 2, 3, 4, 5, 6);
    Memory ids = id(session, 0);
    Map<String, Memory> externals =
        Map.of("w", w, "ids", ids, "y", session.allocate(Type.F32, PAIR));
    Executable doubling = session.compile(doubling(), externals);
    Optional<HostRows> rows = w.hostRows();
    session.close();
    assertThrows(IllegalStateException.class, doubling::run);
    assertThrows(IllegalStateException.class, () -> w.write(new float[6]));
    assertThrows(IllegalStateException.class, () -> w.read(new float[6]));
    assertThrows(IllegalStateException.class, () -> ids.write(new int[1]));
    assertThrows(IllegalStateException.class, () -> ids.read(new int[1]));
    rows.ifPresent(it ->
        assertThrows(IllegalStateException.class, () -> it.read(0, new float[PAIR.columns()])));
    rows.ifPresent(it ->
        assertThrows(IllegalStateException.class, () -> it.write(0, new float[PAIR.columns()])));
    assertThrows(IllegalStateException.class, () -> session.allocate(Type.F32, PAIR));
    assertThrows(IllegalStateException.class, () -> session.compile(doubling(), externals));
  }
}

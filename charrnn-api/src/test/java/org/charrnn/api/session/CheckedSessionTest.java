package org.charrnn.api.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.charrnn.api.Executable;
import org.charrnn.api.Memory;
import org.charrnn.graph.Role;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Program;
import org.junit.jupiter.api.Test;

/**
 * The messages for callers. That the checks themselves hold is what the contract of charrnn-testkit
 * asks of each accelerator.
 */
class CheckedSessionTest {

  private static final Program PROGRAM =
      new Program(
          "step", List.of(new Buffer(0, "w", Role.PARAMETER, Type.F32, Shape.of(2, 3))), List.of());

  private final CountingSession session = new CountingSession();

  @Test
  void prepare_isGivenTheMemoryOfEachBuffer() {
    Memory memory = session.allocate(Type.F32, Shape.of(2, 3));
    session.compile(PROGRAM, Map.of("w", memory, "unused", memory)).run();
    assertEquals(Map.of(PROGRAM.buffers().getFirst(), memory), session.given);
    assertEquals(1, session.runs);
  }

  @Test
  void compile_missingMemory() {
    Memory other = session.allocate(Type.F32, Shape.of(2, 3));
    assertRefused(
        "program 'step' needs memory for w[2, 3], but was given [b, v]",
        Map.of("v", other, "b", other));
  }

  @Test
  void compile_memoryOfAnotherSession() {
    assertRefused(
        "the memory for 'w' of program 'step' was allocated by another session",
        Map.of("w", new CountingSession().allocate(Type.F32, Shape.of(2, 3))));
  }

  @Test
  void compile_memoryThatDoesNotFit() {
    assertRefused(
        "program 'step' needs w[2, 3] of type F32, but was given memory of F32[3, 2]",
        Map.of("w", session.allocate(Type.F32, Shape.of(3, 2))));
    assertRefused(
        "program 'step' needs w[2, 3] of type F32, but was given memory of I32[2, 3]",
        Map.of("w", session.allocate(Type.I32, Shape.of(2, 3))));
  }

  @Test
  void write_arrayThatDoesNotFit() {
    Memory memory = session.allocate(Type.F32, Shape.of(2, 3));
    assertMessage(
        "memory of F32[2, 3] has 6 elements, the array has 5",
        assertThrows(IllegalArgumentException.class, () -> memory.write(new float[5])));
    assertMessage(
        "memory of F32[2, 3] cannot be copied to or from an array of I32",
        assertThrows(IllegalArgumentException.class, () -> memory.read(new int[6])));
  }

  @Test
  void close_freesOnceAndEndsAll() {
    Memory memory = session.allocate(Type.F32, Shape.of(2, 3));
    Executable executable = session.compile(PROGRAM, Map.of("w", memory));
    session.close();
    session.close();
    assertEquals(1, session.frees);
    assertMessage(
        "this session was closed; open another one",
        assertThrows(IllegalStateException.class, executable::run));
    assertEquals(0, session.runs);
    assertMessage(
        "this session was closed; open another one",
        assertThrows(IllegalStateException.class, () -> session.forEach(1, _ -> session.runs++)));
    assertEquals(0, session.runs);
  }

  private void assertRefused(String message, Map<String, Memory> externals) {
    assertMessage(
        message,
        assertThrows(IllegalArgumentException.class, () -> session.compile(PROGRAM, externals)));
  }

  private static void assertMessage(String message, RuntimeException error) {
    assertEquals(message, error.getMessage());
  }

  /** Memory that holds nothing. */
  private static final class NoMemory extends CheckedMemory {

    NoMemory(CheckedSession<?> session, Type type, Shape shape) {
      super(session, type, shape);
    }

    @Override
    protected void copyFrom(float[] values) {}

    @Override
    protected void copyFrom(int[] values) {}

    @Override
    protected void copyTo(float[] values) {}

    @Override
    protected void copyTo(int[] values) {}
  }

  /** Programs that count how often they run. */
  private static final class CountingSession extends CheckedSession<NoMemory> {

    private Map<Buffer, NoMemory> given = Map.of();
    private int runs;
    private int frees;

    CountingSession() {
      super(NoMemory.class);
    }

    @Override
    protected NoMemory place(Type type, Shape shape) {
      return new NoMemory(this, type, shape);
    }

    @Override
    protected Executable prepare(Program program, Map<Buffer, NoMemory> externals) {
      given = externals;
      return () -> runs++;
    }

    @Override
    protected void free() {
      frees++;
    }
  }
}

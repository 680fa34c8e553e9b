package org.charrnn.testkit.reference;

import java.util.Arrays;
import java.util.List;
import org.charrnn.graph.Type;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Instruction;
import org.charrnn.graph.program.Program;
import org.charrnn.graph.program.Slot;

/**
 * Runs a program in double precision, as directly as possible: the reference for accelerators.
 *
 * <p>Each buffer is a separate row-major array: {@code double[]} for F32, {@code int[]} for I32.
 * Before each run the temporaries are filled with NaN, or with {@value #UNWRITTEN}, so that reading
 * an element before it is written has a visible effect. A program is refused if one of its slots is
 * outside its buffer, or if a result overlaps an operand where {@link Instruction.Run} does not
 * allow it: such a program is wrong on every accelerator.
 *
 * <p><b>Thread safety.</b> None.
 */
public final class ReferenceInterpreter {

  /** The elements of I32 temporaries before they are written. */
  public static final int UNWRITTEN = Integer.MAX_VALUE;

  private static final double[] NO_FLOATS = {};
  private static final int[] NO_INTS = {};

  private final Program program;
  private final Kernels kernels;
  private final double[][] floats; // indexed by buffer
  private final int[][] ints;

  /**
   * An interpreter of {@code program} with memory of its own, all zero.
   *
   * @param program the program
   * @throws IllegalStateException if an instruction violates the rules of {@link Instruction.Run}
   */
  public ReferenceInterpreter(Program program) {
    this(program, new ReferenceKernels());
  }

  /**
   * An interpreter that rounds every intermediate value to single precision, as accelerators do.
   *
   * @param program the program
   * @return an interpreter of {@code program} with memory of its own, all zero
   * @throws IllegalStateException if an instruction violates the rules of {@link Instruction.Run}
   */
  public static ReferenceInterpreter inSinglePrecision(Program program) {
    return new ReferenceInterpreter(program, new SinglePrecisionKernels());
  }

  ReferenceInterpreter(Program program, Kernels kernels) {
    OverlapRule.check(program);
    this.program = program;
    this.kernels = kernels;
    this.floats = new double[program.buffers().size()][];
    this.ints = new int[program.buffers().size()][];
    for (Buffer buffer : program.buffers()) {
      int elements = buffer.shape().elements();
      boolean isFloat = buffer.type() == Type.F32;
      floats[buffer.index()] = isFloat ? new double[elements] : NO_FLOATS;
      ints[buffer.index()] = isFloat ? NO_INTS : new int[elements];
    }
  }

  /** {@return the program that this interpreter runs} */
  public Program program() {
    return program;
  }

  /**
   * {@return the memory of an external F32 buffer; the caller may read and write it}
   *
   * @param name the name of a buffer
   * @throws java.util.NoSuchElementException if there is no such buffer; the message lists all
   *     buffers
   * @throws IllegalArgumentException if it has another type
   */
  public double[] floats(String name) {
    return floats[external(name, Type.F32).index()];
  }

  /**
   * {@return the memory of an external I32 buffer; the caller may read and write it}
   *
   * @param name the name of a buffer
   * @throws java.util.NoSuchElementException if there is no such buffer; the message lists all
   *     buffers
   * @throws IllegalArgumentException if it has another type
   */
  public int[] ints(String name) {
    return ints[external(name, Type.I32).index()];
  }

  /**
   * Uses {@code memory} for an external F32 buffer from now on, for example to share it between
   * programs.
   *
   * @param name the name of a buffer
   * @param memory the memory, row-major
   * @throws IllegalArgumentException if its length is not the number of elements of the buffer
   */
  public void bind(String name, double[] memory) {
    Buffer buffer = external(name, Type.F32);
    requireLength(buffer, memory.length);
    floats[buffer.index()] = memory;
  }

  /**
   * Uses {@code memory} for an external I32 buffer from now on.
   *
   * @param name the name of a buffer
   * @param memory the memory, row-major
   * @throws IllegalArgumentException if its length is not the number of elements of the buffer
   */
  public void bind(String name, int[] memory) {
    Buffer buffer = external(name, Type.I32);
    requireLength(buffer, memory.length);
    ints[buffer.index()] = memory;
  }

  /**
   * Runs the program once.
   *
   * @throws IllegalStateException if an id is outside its table
   */
  public void run() {
    for (Buffer buffer : program.buffers()) {
      if (!buffer.isExternal()) {
        Arrays.fill(floats[buffer.index()], Double.NaN);
        Arrays.fill(ints[buffer.index()], UNWRITTEN);
      }
    }
    for (Instruction instruction : program.instructions()) {
      switch (instruction) {
        case Instruction.Run run -> run(run, 0);
        case Instruction.Loop(int steps, boolean reverse, List<Instruction.Run> body) -> {
          for (int i = 0; i < steps; i++) {
            int step = reverse ? steps - 1 - i : i;
            body.forEach(run -> run(run, step));
          }
        }
      }
    }
  }

  private void run(Instruction.Run run, int step) {
    kernels.run(run.operands().map(slot -> operand(slot, step)));
  }

  private Operand operand(Slot slot, int step) {
    int index = slot.buffer().index();
    int start = slot.firstRow(step) * slot.columns();
    return new Operand(floats[index], ints[index], start, slot.rows(), slot.columns());
  }

  private Buffer external(String name, Type type) {
    Buffer buffer = program.buffer(name);
    if (buffer.type() != type) {
      throw new IllegalArgumentException(buffer + " is " + buffer.type() + ", not " + type);
    }
    return buffer;
  }

  private static void requireLength(Buffer buffer, int length) {
    if (length != buffer.shape().elements()) {
      throw new IllegalArgumentException(
          buffer + " has " + buffer.shape().elements() + " elements, the array has " + length);
    }
  }
}

package org.charrnn.testkit.cases;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.charrnn.api.SeededRandom;
import org.charrnn.graph.Op;
import org.charrnn.graph.Role;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Instruction;
import org.charrnn.graph.program.Program;
import org.charrnn.graph.program.Slot;

/**
 * Builds a {@link KernelCase} from buffers and instructions.
 *
 * <p>With padding, each slot is inside a larger buffer, as the slices of a sequence are. The rows
 * around operands are NaN, and so are all results before the run: reading outside an operand or
 * adding to old contents becomes visible.
 */
public final class CaseWriter {

  private final String name;
  private final SeededRandom random;
  private final int padding;
  private final List<Buffer> buffers = new ArrayList<>();
  private final List<Instruction> instructions = new ArrayList<>();
  private final Map<String, float[]> floats = new HashMap<>();
  private final Map<String, int[]> ints = new HashMap<>();

  public CaseWriter(String name, int padding) {
    this.name = name;
    this.random = new SeededRandom(name.hashCode());
    this.padding = padding;
  }

  /** The source of random numbers, which is seeded by the name of the case. */
  public SeededRandom random() {
    return random;
  }

  /** An operand that no instruction changes, filled with {@code numbers}. */
  public Slot input(String buffer, int rows, int columns, Numbers numbers) {
    return floats(buffer, Role.INPUT, rows, columns, numbers.take(rows * columns, random));
  }

  /** An operand that no instruction changes, with {@code values} in row-major order. */
  public Slot input(String buffer, int rows, int columns, float[] values) {
    return floats(buffer, Role.INPUT, rows, columns, values);
  }

  /** An operand that a result overwrites. */
  public Slot state(String buffer, int rows, int columns, Numbers numbers) {
    return floats(buffer, Role.PARAMETER, rows, columns, numbers.take(rows * columns, random));
  }

  public Slot result(String buffer, int rows, int columns) {
    float[] values = new float[rows * columns];
    Arrays.fill(values, Float.NaN);
    return floats(buffer, Role.OUTPUT, rows, columns, values);
  }

  public Slot temporary(int rows, int columns) {
    return slot("t" + buffers.size(), Role.TEMPORARY, Type.F32, rows, columns);
  }

  public Slot ids(String buffer, int rows, int columns, int... values) {
    Slot slot = slot(buffer, Role.INPUT, Type.I32, rows, columns);
    ints.put(buffer, padded(slot, values, -1));
    return slot;
  }

  public Slot intResult(String buffer, int rows, int columns) {
    Slot slot = slot(buffer, Role.OUTPUT, Type.I32, rows, columns);
    ints.put(buffer, padded(slot, new int[rows * columns], -7));
    return slot;
  }

  private Slot floats(String buffer, Role role, int rows, int columns, float[] values) {
    Slot slot = slot(buffer, role, Type.F32, rows, columns);
    float[] all = new float[slot.buffer().shape().elements()];
    Arrays.fill(all, Float.NaN);
    System.arraycopy(values, 0, all, slot.row() * columns, values.length);
    floats.put(buffer, all);
    return slot;
  }

  private static int[] padded(Slot slot, int[] values, int around) {
    int[] all = new int[slot.buffer().shape().elements()];
    Arrays.fill(all, around);
    System.arraycopy(values, 0, all, slot.row() * slot.columns(), values.length);
    return all;
  }

  private Slot slot(String buffer, Role role, Type type, int rows, int columns) {
    Shape shape = Shape.of(rows + 2 * padding, columns);
    Buffer memory = new Buffer(buffers.size(), buffer, role, type, shape);
    buffers.add(memory);
    return new Slot(memory, padding, rows, 0);
  }

  public CaseWriter run(Op.Kernel kernel, List<Slot> inputs, List<Slot> outputs) {
    instructions.add(new Instruction.Run(kernel, inputs, outputs));
    return this;
  }

  public CaseWriter run(Op.Kernel kernel, List<Slot> inputs, Slot output) {
    return run(kernel, inputs, List.of(output));
  }

  public CaseWriter loop(int steps, boolean reverse, Instruction.Run... body) {
    instructions.add(new Instruction.Loop(steps, reverse, List.of(body)));
    return this;
  }

  public KernelCase finish(Precision precision) {
    return new KernelCase(name, new Program(name, buffers, instructions), floats, ints, precision);
  }
}

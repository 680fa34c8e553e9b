package org.charrnn.graph.program;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.charrnn.graph.Role;

/**
 * A compiled graph: buffers with shapes and roles, and instructions in order.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param name the name, such as {@code train}
 * @param buffers all memory; {@link Buffer#index} is the index of a buffer in this list
 * @param instructions the instructions, in order
 */
public record Program(String name, List<Buffer> buffers, List<Instruction> instructions) {
  /** Copies the lists. */
  public Program {
    buffers = List.copyOf(buffers);
    instructions = List.copyOf(instructions);
  }

  /** {@return the buffers to which the caller binds memory, in order: all but temporaries} */
  public List<Buffer> externals() {
    return buffers.stream().filter(Buffer::isExternal).toList();
  }

  /**
   * {@return the buffers of one role, in order}
   *
   * @param role the role in the program
   */
  public List<Buffer> buffers(Role role) {
    return buffers.stream().filter(buffer -> buffer.role() == role).toList();
  }

  /**
   * {@return the external buffer of that name, if there is one}
   *
   * @param name the name of a buffer
   */
  public Optional<Buffer> find(String name) {
    return buffers.stream()
        .filter(buffer -> buffer.isExternal() && buffer.name().equals(name))
        .findFirst();
  }

  /**
   * {@return the external buffer of that name}
   *
   * @param name the name of a buffer
   * @throws NoSuchElementException if there is none; the message lists all
   */
  public Buffer buffer(String name) {
    return find(name)
        .orElseThrow(() ->
            new NoSuchElementException(
                "program '" + this.name + "' has no buffer '" + name + "', it has " + externals()));
  }

  /** {@return the size of all temporaries in bytes} */
  public long temporaryBytes() {
    return buffers(Role.TEMPORARY).stream()
        .mapToLong(buffer -> 4L * buffer.shape().elements())
        .sum();
  }

  /**
   * {@return the program in readable form: a line for each buffer and each instruction, bodies of
   * loops indented}
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("program " + name + "\n");
    for (Buffer buffer : buffers) {
      text.append("  ")
          .append(buffer.type())
          .append(' ')
          .append(buffer)
          .append(' ')
          .append(buffer.role())
          .append('\n');
    }
    for (Instruction instruction : instructions) {
      switch (instruction) {
        case Instruction.Run run -> append(text, "  ", run);
        case Instruction.Loop(int steps, boolean reverse, List<Instruction.Run> body) -> {
          text.append("  for t = ")
              .append(reverse ? steps - 1 + " .. 0" : "0 .. " + (steps - 1))
              .append('\n');
          body.forEach(run -> append(text, "    ", run));
        }
      }
    }
    return text.toString();
  }

  private static void append(StringBuilder text, String indent, Instruction.Run run) {
    text.append(indent);
    run.outputs().forEach(output -> text.append(output).append(' '));
    text.append("<- ").append(run.kernel());
    run.inputs().forEach(input -> text.append(' ').append(input));
    text.append('\n');
  }
}

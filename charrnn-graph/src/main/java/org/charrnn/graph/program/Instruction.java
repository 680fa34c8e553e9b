package org.charrnn.graph.program;

import java.util.List;
import org.charrnn.graph.Op;
import org.charrnn.graph.Operands;

/** A step of a program. */
public sealed interface Instruction {

  /**
   * One kernel.
   *
   * <p>An output may be the same slot as an input only where the kernel reads each element before
   * it writes the element of that place: element-wise operands of the full shape, the addend of a
   * product, the logits of a gradient, and the tables of a row update. Otherwise outputs and inputs
   * do not overlap.
   *
   * @param kernel what is computed
   * @param inputs the operands, in the order that the kernel gives
   * @param outputs the results, in the order that the kernel gives
   */
  record Run(Op.Kernel kernel, List<Slot> inputs, List<Slot> outputs) implements Instruction {
    /** Copies the lists. */
    public Run {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
    }

    /** The operands and results by name. */
    public Operands<Slot> operands() {
      return Operands.of(kernel, inputs, outputs);
    }
  }

  /**
   * The body, once for each step: 0, 1, ..., {@code steps - 1}, or the other way round.
   *
   * @param steps how often
   * @param reverse whether from the last step to the first
   * @param body what runs in each step
   */
  record Loop(int steps, boolean reverse, List<Run> body) implements Instruction {
    /** Copies the list. */
    public Loop {
      body = List.copyOf(body);
    }
  }
}

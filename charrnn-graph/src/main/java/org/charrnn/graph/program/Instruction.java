package org.charrnn.graph.program;

import java.util.List;
import org.charrnn.graph.Op;
import org.charrnn.graph.Operands;

/**
 * A kernel or a loop of kernels.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
public sealed interface Instruction {

  /**
   * One kernel.
   *
   * <p>An output may be the same slot as an input only if the kernel reads each element before it
   * writes the element with the same index: element-wise operands of the full shape, the addend of
   * a product, the logits of a gradient, and the tables of a row update. Otherwise outputs and
   * inputs do not overlap.
   *
   * @param kernel the op
   * @param inputs the operands, in the order documented at the op; see {@link #operands} for names
   * @param outputs the results, in the order documented at the op
   */
  record Run(Op.Kernel kernel, List<Slot> inputs, List<Slot> outputs) implements Instruction {
    /** Copies the lists. */
    public Run {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
    }

    /** {@return the operands and results by name} */
    public Operands<Slot> operands() {
      return Operands.of(kernel, inputs, outputs);
    }
  }

  /**
   * Kernels that run once for each step: 0, 1, ..., {@code steps - 1}, or in reverse. In step
   * {@code t} they access the rows from {@link Slot#firstRow}{@code (t)} on.
   *
   * @param steps the number of steps, at least 1
   * @param reverse whether the steps run from the last to the first
   * @param body the kernels of a step, in order
   */
  record Loop(int steps, boolean reverse, List<Run> body) implements Instruction {
    /** Copies the list. */
    public Loop {
      body = List.copyOf(body);
    }
  }
}

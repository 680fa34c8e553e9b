package org.charrnn.accel.tornado.kernel;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.charrnn.accel.tornado.layout.DeviceMatrix;
import org.charrnn.accel.tornado.layout.Grid;

/**
 * A loop over time whose body applies expressions to elements: each work item runs all steps for
 * one element, with the states in local variables. So a window needs one launch.
 *
 * @param body the expressions, all of the same shape, in order
 * @param steps the number of steps
 * @param reverse whether the steps run from the last to the first
 */
public record RecurrenceKernel(List<ElementExpression> body, int steps, boolean reverse)
    implements Kernel {

  /** Copies the list. */
  public RecurrenceKernel {
    body = List.copyOf(body);
  }

  /** The launch of this kernel. */
  public Launch launch() {
    return new Launch("recurrence", this, Grid.of(body.getFirst().elements()));
  }

  /**
   * Emits
   *
   * <pre>
   * int element = context.globalIdx;
   * if (element &lt; 6400) {
   *   float state = floats.get(...);
   *   for (int t = 0; t &lt; 64; t++) {
   *     ... // see ElementEmitter
   *   }
   * }
   * </pre>
   */
  @Override
  public void emit(CodeBuilder code, int step) {
    int element = code.allocateLocal(TypeKind.INT);
    Label done = code.newLabel();
    ElementEmitter.loadIndex(code, "globalIdx");
    code.istore(element);
    code.iload(element).loadConstant(body.getFirst().elements()).if_icmpge(done);
    int t = code.allocateLocal(TypeKind.INT);
    code.loadConstant(reverse ? steps - 1 : 0).istore(t);
    Map<DeviceMatrix, DeviceMatrix> states = states();
    Map<DeviceMatrix, Integer> locals = new LinkedHashMap<>();
    ElementEmitter before = new ElementEmitter(code, t, element);
    states.keySet().forEach(state -> locals.put(state, before.loaded(state, body.getFirst())));
    emitLoop(code, t, element, states, locals);
    code.labelBinding(done);
  }

  private void emitLoop(
      CodeBuilder code,
      int t,
      int element,
      Map<DeviceMatrix, DeviceMatrix> states,
      Map<DeviceMatrix, Integer> locals) {
    Label next = code.newLabel();
    Label end = code.newLabel();
    code.labelBinding(next).iload(t);
    if (reverse) {
      code.iflt(end);
    } else {
      code.loadConstant(steps).if_icmpge(end);
    }
    ElementEmitter emitter = new ElementEmitter(code, t, element, locals);
    body.forEach(expression -> emitter.expression(expression, -1));
    states.forEach((state, result) ->
        code.fload(emitter.computed(result)).fstore(Objects.requireNonNull(locals.get(state))));
    code.iinc(t, reverse ? -1 : 1).goto_(next).labelBinding(end);
  }

  /** For each operand that a step reads and the previous step wrote, that result. */
  private Map<DeviceMatrix, DeviceMatrix> states() {
    Map<DeviceMatrix, DeviceMatrix> states = new LinkedHashMap<>();
    for (ElementExpression reader : body) {
      for (DeviceMatrix operand : reader.operands()) {
        body.stream()
            .flatMap(writer -> writer.results().stream())
            .filter(result -> result.equals(written(operand)))
            .forEach(result -> states.put(operand, result));
      }
    }
    return states;
  }

  /** The result of a step that the next step reads as {@code operand}. */
  private DeviceMatrix written(DeviceMatrix operand) {
    int moved = reverse ? -operand.stride() : operand.stride();
    return new DeviceMatrix(
        operand.base() + moved, operand.stride(), operand.rows(), operand.columns());
  }
}

package org.charrnn.accel.tornado;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import org.charrnn.graph.Expression;
import org.charrnn.graph.Primitive;
import uk.ac.manchester.tornado.api.math.TornadoMath;

/** Writes the terms of an expression, each of which leaves its value on the stack. */
final class TermWriter {

  private static final ClassDesc MATH = TornadoMath.class.describeConstable().orElseThrow();
  private static final MethodTypeDesc FUNCTION =
      MethodTypeDesc.of(ConstantDescs.CD_float, ConstantDescs.CD_float);

  private final CodeBuilder code;
  private final int[] values;

  /** For an expression whose values are in these local variables. */
  TermWriter(CodeBuilder code, int[] values) {
    this.code = code;
    this.values = values;
  }

  void write(Expression.Term term) {
    Primitive primitive = term.primitive();
    if (primitive.operands() > 0) {
      code.fload(values[term.left()]);
    }
    switch (primitive) {
      case CONSTANT -> code.loadConstant((float) term.constant());
      case IDENTITY -> {}
      case NEGATE -> code.fneg();
      case SQRT -> function("sqrt");
      case EXP -> function("exp");
      case LOG -> function("log");
      case TANH -> function("tanh");
      case SIGMOID -> sigmoid();
      case ADD -> code.fload(values[term.right()]).fadd();
      case SUBTRACT -> code.fload(values[term.right()]).fsub();
      case MULTIPLY -> code.fload(values[term.right()]).fmul();
      case DIVIDE -> code.fload(values[term.right()]).fdiv();
      case GREATER -> greater(values[term.right()]);
      case MAXIMUM -> extremum(values[term.left()], values[term.right()], true);
      case MINIMUM -> extremum(values[term.left()], values[term.right()], false);
    }
  }

  private void function(String name) {
    code.invokestatic(MATH, name, FUNCTION);
  }

  private void sigmoid() {
    code.fneg();
    function("exp");
    int power = code.allocateLocal(TypeKind.FLOAT);
    code.fstore(power);
    code.loadConstant(1f).loadConstant(1f).fload(power).fadd().fdiv();
  }

  private void greater(int right) {
    Label no = code.newLabel();
    Label known = code.newLabel();
    int result = code.allocateLocal(TypeKind.FLOAT);
    code.fload(right).fcmpl().ifle(no); // NaN compares as less
    code.loadConstant(1f).fstore(result).goto_(known);
    code.labelBinding(no);
    code.loadConstant(0f).fstore(result);
    code.labelBinding(known);
    code.fload(result);
  }

  /** The left operand is on the stack; it is taken where it is the larger (smaller) one, or NaN. */
  private void extremum(int left, int right, boolean largest) {
    Label takeRight = code.newLabel();
    Label known = code.newLabel();
    int result = code.allocateLocal(TypeKind.FLOAT);
    code.fload(right);
    if (largest) {
      code.fcmpg().iflt(takeRight); // NaN compares as greater
    } else {
      code.fcmpl().ifgt(takeRight); // NaN compares as less
    }
    // Adding what is NaN makes the result NaN, if it is the right operand.
    code.fload(left).fstore(result).goto_(known);
    code.labelBinding(takeRight);
    code.fload(right).fstore(result);
    code.labelBinding(known);
    code.fload(result);
    Label number = code.newLabel();
    int sum = code.allocateLocal(TypeKind.FLOAT);
    code.fstore(sum);
    code.fload(right).fload(right).fcmpl().ifeq(number);
    code.fload(right).fstore(sum);
    code.labelBinding(number);
    code.fload(sum);
  }
}

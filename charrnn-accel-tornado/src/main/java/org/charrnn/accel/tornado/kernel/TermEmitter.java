package org.charrnn.accel.tornado.kernel;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import org.charrnn.graph.expression.Arithmetic;
import org.charrnn.graph.expression.BinaryFunction;
import org.charrnn.graph.expression.UnaryFunction;
import uk.ac.manchester.tornado.api.math.TornadoMath;

/** Emits the terms of an expression; a value is the local variable that holds it. */
final class TermEmitter implements Arithmetic<Integer> {

  private static final ClassDesc MATH = TornadoMath.class.describeConstable().orElseThrow();
  private static final ClassDesc TANH = HyperbolicTangent.class.describeConstable().orElseThrow();
  private static final MethodTypeDesc FUNCTION =
      MethodTypeDesc.of(ConstantDescs.CD_float, ConstantDescs.CD_float);

  private final CodeBuilder code;

  TermEmitter(CodeBuilder code) {
    this.code = code;
  }

  @Override
  public Integer constant(double value) {
    code.loadConstant((float) value);
    return stored();
  }

  @Override
  public Integer unary(UnaryFunction function, Integer a) {
    code.fload(a);
    switch (function) {
      case IDENTITY -> {}
      case NEGATE -> code.fneg();
      case SQRT -> function("sqrt");
      case EXP -> function("exp");
      case LOG -> function("log");
      case TANH -> code.invokestatic(TANH, "tanh", FUNCTION);
      case SIGMOID -> sigmoid();
    }
    return stored();
  }

  @Override
  public Integer binary(BinaryFunction function, Integer a, Integer b) {
    code.fload(a);
    switch (function) {
      case ADD -> code.fload(b).fadd();
      case SUBTRACT -> code.fload(b).fsub();
      case MULTIPLY -> code.fload(b).fmul();
      case DIVIDE -> code.fload(b).fdiv();
      case GREATER -> greater(b);
      case MAXIMUM -> extremum(a, b, true);
      case MINIMUM -> extremum(a, b, false);
    }
    return stored();
  }

  private int stored() {
    int value = code.allocateLocal(TypeKind.FLOAT);
    code.fstore(value);
    return value;
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

  /**
   * The left operand is on the stack; it is the result if it is the larger (smaller) one, or NaN.
   */
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
    code.fload(left).fstore(result).goto_(known);
    code.labelBinding(takeRight);
    code.fload(right).fstore(result);
    code.labelBinding(known);
    code.fload(result);
    // If the right operand is NaN, so is the result.
    Label number = code.newLabel();
    int propagated = code.allocateLocal(TypeKind.FLOAT);
    code.fstore(propagated);
    code.fload(right).fload(right).fcmpl().ifeq(number);
    code.fload(right).fstore(propagated);
    code.labelBinding(number);
    code.fload(propagated);
  }
}

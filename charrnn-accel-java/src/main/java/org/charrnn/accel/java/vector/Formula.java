package org.charrnn.accel.java.vector;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;

/**
 * Writes arithmetic on vectors of floats as straight-line code. A value is the number of the local
 * variable that holds it; every operation makes a new one.
 */
final class Formula {

  private final CodeBuilder code;

  Formula(CodeBuilder code) {
    this.code = code;
  }

  /** A number in every lane. C2 moves it out of the loop. */
  int constant(float number) {
    return keep(VectorCode.broadcast(VectorCode.species(code).loadConstant(number)));
  }

  int fma(int a, int b, int c) {
    return keep(VectorCode.fma(code.aload(a).aload(b).aload(c)));
  }

  /** {@code a * b + c} of a value and two numbers. */
  int fma(int a, float b, float c) {
    return fma(a, constant(b), constant(c));
  }

  int add(int a, int b) {
    return binary("add", a, b);
  }

  int subtract(int a, int b) {
    return binary("sub", a, b);
  }

  int multiply(int a, int b) {
    return binary("mul", a, b);
  }

  int divide(int a, int b) {
    return binary("div", a, b);
  }

  int binary(String name, int a, int b) {
    return keep(VectorCode.binary(code.aload(a).aload(b), name));
  }

  int negate(int a) {
    return keep(VectorCode.unary(code.aload(a), "neg"));
  }

  int sqrt(int a) {
    return keep(VectorCode.unary(code.aload(a), "sqrt"));
  }

  /** {@code a comparison b ? yes : no}, lane by lane; a comparison with NaN fails. */
  int choose(int a, String comparison, int b, int yes, int no) {
    code.aload(no).aload(yes).aload(a);
    VectorCode.compare(code, comparison, () -> code.aload(b));
    return keep(VectorCode.blend(code));
  }

  /** {@code a} no less than {@code low} and no more than {@code high}; NaN stays NaN. */
  int clamp(int a, float low, float high) {
    int least = constant(low);
    int most = constant(high);
    int notLess = choose(a, "LT", least, least, a);
    return choose(notLess, "GT", most, most, notLess);
  }

  /** The bits of {@code a} as integers. */
  int bits(int a) {
    return keep(VectorCode.toBits(code.aload(a)));
  }

  /** The floats whose bits are the integers {@code a}. */
  int floats(int a) {
    return keep(VectorCode.toFloats(code.aload(a)));
  }

  /** An operator of integers (ADD, AND, OR, ASHR, LSHL) with a number. */
  int onBits(int a, String operator, int number) {
    return keep(VectorCode.bits(code.aload(a), operator, number));
  }

  int addBits(int a, int b) {
    return keep(VectorCode.onBits(code.aload(a).aload(b), "add"));
  }

  int subtractBits(int a, int b) {
    return keep(VectorCode.onBits(code.aload(a).aload(b), "sub"));
  }

  private int keep(CodeBuilder code) {
    int local = code.allocateLocal(TypeKind.REFERENCE);
    code.astore(local);
    return local;
  }
}

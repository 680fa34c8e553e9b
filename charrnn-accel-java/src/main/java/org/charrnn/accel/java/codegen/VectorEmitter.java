package org.charrnn.accel.java.codegen;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;

/**
 * Writes arithmetic on vectors of floats as straight-line code. A value is the index of the local
 * variable that holds it; each operation allocates another one.
 */
public final class VectorEmitter {

  private final CodeBuilder code;

  /** Writes to {@code code}. */
  public VectorEmitter(CodeBuilder code) {
    this.code = code;
  }

  /** A number in each lane. C2 moves it out of the loop. */
  public int constant(float number) {
    return keep(VectorCode.broadcast(VectorCode.species(code).loadConstant(number)));
  }

  /** {@code a * b + c}, rounded once. */
  public int fma(int a, int b, int c) {
    return keep(VectorCode.fma(code.aload(a).aload(b).aload(c)));
  }

  /** {@code a * b + c} of a value and two numbers. */
  public int fma(int a, float b, float c) {
    return fma(a, constant(b), constant(c));
  }

  /** {@code a + b}. */
  public int add(int a, int b) {
    return binary("add", a, b);
  }

  /** {@code a - b}. */
  public int subtract(int a, int b) {
    return binary("sub", a, b);
  }

  /** {@code a * b}. */
  public int multiply(int a, int b) {
    return binary("mul", a, b);
  }

  /** {@code a / b}. */
  public int divide(int a, int b) {
    return binary("div", a, b);
  }

  /** {@code name(a, b)}, see {@link VectorCode#binary}. */
  public int binary(String name, int a, int b) {
    return keep(VectorCode.binary(code.aload(a).aload(b), name));
  }

  /** {@code -a}. */
  public int negate(int a) {
    return keep(VectorCode.unary(code.aload(a), "neg"));
  }

  /** The square root of {@code a}. */
  public int sqrt(int a) {
    return keep(VectorCode.unary(code.aload(a), "sqrt"));
  }

  /** {@code a comparison b ? yes : no}, lane by lane; a comparison with NaN fails. */
  public int choose(int a, String comparison, int b, int yes, int no) {
    code.aload(no).aload(yes).aload(a);
    VectorCode.compare(code, comparison, () -> code.aload(b));
    return keep(VectorCode.blend(code));
  }

  /** {@code a}, limited to {@code low} to {@code high}; NaN stays NaN. */
  public int clamp(int a, float low, float high) {
    int min = constant(low);
    int max = constant(high);
    int notBelow = choose(a, "LT", min, min, a);
    return choose(notBelow, "GT", max, max, notBelow);
  }

  /** The bits of {@code a} as integers. */
  public int bits(int a) {
    return keep(VectorCode.toBits(code.aload(a)));
  }

  /** The floats whose bits are the integers {@code a}. */
  public int floats(int a) {
    return keep(VectorCode.toFloats(code.aload(a)));
  }

  /** An operator of integers (ADD, AND, OR, ASHR, LSHL) with a number. */
  public int onBits(int a, String operator, int number) {
    return keep(VectorCode.bits(code.aload(a), operator, number));
  }

  /** {@code a + b} of integers. */
  public int addBits(int a, int b) {
    return keep(VectorCode.onBits(code.aload(a).aload(b), "add"));
  }

  /** {@code a - b} of integers. */
  public int subtractBits(int a, int b) {
    return keep(VectorCode.onBits(code.aload(a).aload(b), "sub"));
  }

  private int keep(CodeBuilder code) {
    int local = code.allocateLocal(TypeKind.REFERENCE);
    code.astore(local);
    return local;
  }
}

package org.charrnn.accel.java.codegen;

import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/**
 * Writes the calls of the Vector API of which generated kernels consist.
 *
 * <p>Kernels are generated because they must be straight-line: C2 keeps vectors in registers while
 * all operations on them are in one method; a call that is not inlined turns them into objects.
 * Generated code calls only the Vector API, which is always inlined.
 */
public final class VectorCode {

  /** An array of floats. */
  public static final ClassDesc FLOATS = ConstantDescs.CD_float.arrayType();

  /** An array of integers. */
  public static final ClassDesc INTS = ConstantDescs.CD_int.arrayType();

  private static final String API = "jdk.incubator.vector.";
  private static final ClassDesc VECTOR = ClassDesc.of(API + "Vector");
  private static final ClassDesc FLOAT_VECTOR = ClassDesc.of(API + "FloatVector");
  private static final ClassDesc INT_VECTOR = ClassDesc.of(API + "IntVector");
  private static final ClassDesc MASK = ClassDesc.of(API + "VectorMask");
  private static final ClassDesc SPECIES = ClassDesc.of(API + "VectorSpecies");
  private static final ClassDesc OPERATORS = ClassDesc.of(API + "VectorOperators");
  private static final ClassDesc BINARY = ClassDesc.of(API + "VectorOperators$Binary");
  private static final ClassDesc ASSOCIATIVE = ClassDesc.of(API + "VectorOperators$Associative");
  private static final ClassDesc COMPARISON = ClassDesc.of(API + "VectorOperators$Comparison");
  private static final ClassDesc SHUFFLE = ClassDesc.of(API + "VectorShuffle");
  private static final ClassDesc LANES = ClassDesc.of(Lanes.class.getName());

  private VectorCode() {}

  /** Writes the body of a loop. */
  public interface Body {
    /** Writes it, given the local variable that counts. */
    void write(int counter);
  }

  /** {@code for (int i = 0; i < limit; i += step)}, {@code limit} being a local variable. */
  public static void loop(CodeBuilder code, int limit, int step, Body body) {
    int i = code.allocateLocal(TypeKind.INT);
    Label test = code.newLabel();
    Label end = code.newLabel();
    code.iconst_0().istore(i);
    code.labelBinding(test).iload(i).iload(limit).if_icmpge(end);
    body.write(i);
    code.iinc(i, step).goto_(test).labelBinding(end);
  }

  /** {@code -> species}. */
  public static CodeBuilder species(CodeBuilder code) {
    return code.getstatic(LANES, "SPECIES", SPECIES);
  }

  /** {@code array, index -> vector}, given that the species was pushed before them. */
  public static CodeBuilder load(CodeBuilder code) {
    return code.invokestatic(
        FLOAT_VECTOR, "fromArray", MethodTypeDesc.of(FLOAT_VECTOR, SPECIES, FLOATS, CD_int));
  }

  /** {@code array, index, mask -> vector}, given that the species was pushed before them. */
  public static CodeBuilder loadMasked(CodeBuilder code) {
    return code.invokestatic(
        FLOAT_VECTOR, "fromArray", MethodTypeDesc.of(FLOAT_VECTOR, SPECIES, FLOATS, CD_int, MASK));
  }

  /** {@code vector, array, index -> }. */
  public static CodeBuilder store(CodeBuilder code) {
    return code.invokevirtual(
        FLOAT_VECTOR, "intoArray", MethodTypeDesc.of(CD_void, FLOATS, CD_int));
  }

  /** {@code vector, array, index, mask -> }. */
  public static CodeBuilder storeMasked(CodeBuilder code) {
    return code.invokevirtual(
        FLOAT_VECTOR, "intoArray", MethodTypeDesc.of(CD_void, FLOATS, CD_int, MASK));
  }

  /** {@code number -> vector}, given that the species was pushed before it. */
  public static CodeBuilder broadcast(CodeBuilder code) {
    return code.invokestatic(
        FLOAT_VECTOR, "broadcast", MethodTypeDesc.of(FLOAT_VECTOR, SPECIES, CD_float));
  }

  /** {@code index, limit -> mask} of the lanes of {@code index} that are below {@code limit}. */
  public static CodeBuilder mask(CodeBuilder code) {
    return code.invokeinterface(SPECIES, "indexInRange", MethodTypeDesc.of(MASK, CD_int, CD_int));
  }

  /** {@code a, b, c -> a * b + c}, rounded once. */
  public static CodeBuilder fma(CodeBuilder code) {
    return code.invokevirtual(FLOAT_VECTOR, "fma", MethodTypeDesc.of(FLOAT_VECTOR, VECTOR, VECTOR));
  }

  /** {@code a, b -> name(a, b)}: add, sub, mul, div, max or min. */
  public static CodeBuilder binary(CodeBuilder code, String name) {
    return code.invokevirtual(FLOAT_VECTOR, name, MethodTypeDesc.of(FLOAT_VECTOR, VECTOR));
  }

  /** {@code a -> name(a)}: neg or sqrt. */
  public static CodeBuilder unary(CodeBuilder code, String name) {
    return code.invokevirtual(FLOAT_VECTOR, name, MethodTypeDesc.of(FLOAT_VECTOR));
  }

  /**
   * {@code a, comparison, b -> mask}, given that {@code a} was pushed and {@code b} is pushed by
   * {@code right}.
   */
  public static CodeBuilder compare(CodeBuilder code, String comparison, Runnable right) {
    code.getstatic(OPERATORS, comparison, COMPARISON);
    right.run();
    return code.invokevirtual(FLOAT_VECTOR, "compare", MethodTypeDesc.of(MASK, COMPARISON, VECTOR));
  }

  /** {@code a, b, mask -> b where the mask is set, else a}. */
  public static CodeBuilder blend(CodeBuilder code) {
    return code.invokevirtual(FLOAT_VECTOR, "blend", MethodTypeDesc.of(FLOAT_VECTOR, VECTOR, MASK));
  }

  /** {@code a -> a} with lanes that are {@code distance} apart exchanged. */
  public static CodeBuilder rearrange(CodeBuilder code, int distance) {
    return code.getstatic(LANES, "EXCHANGE_" + distance, SHUFFLE)
        .invokevirtual(FLOAT_VECTOR, "rearrange", MethodTypeDesc.of(FLOAT_VECTOR, SHUFFLE));
  }

  /** {@code -> mask} of the upper of the lanes that are {@code distance} apart. */
  public static CodeBuilder upperLanes(CodeBuilder code, int distance) {
    return code.getstatic(LANES, "UPPER_" + distance, MASK);
  }

  /** {@code floats -> ints} of the same bits. */
  public static CodeBuilder toBits(CodeBuilder code) {
    return code.invokevirtual(FLOAT_VECTOR, "reinterpretAsInts", MethodTypeDesc.of(INT_VECTOR));
  }

  /** {@code ints -> floats} of the same bits. */
  public static CodeBuilder toFloats(CodeBuilder code) {
    return code.invokevirtual(INT_VECTOR, "reinterpretAsFloats", MethodTypeDesc.of(FLOAT_VECTOR));
  }

  /** {@code ints -> operator(ints, number)}: ADD, ASHR or LSHL. */
  public static CodeBuilder bits(CodeBuilder code, String operator, int number) {
    return code.getstatic(OPERATORS, operator, operator.equals("ADD") ? ASSOCIATIVE : BINARY)
        .loadConstant(number)
        .invokevirtual(INT_VECTOR, "lanewise", MethodTypeDesc.of(INT_VECTOR, BINARY, CD_int));
  }

  /** {@code ints, ints -> name(ints, ints)}: add or sub. */
  public static CodeBuilder onBits(CodeBuilder code, String name) {
    return code.invokevirtual(INT_VECTOR, name, MethodTypeDesc.of(INT_VECTOR, VECTOR));
  }
}

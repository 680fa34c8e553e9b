package org.charrnn.accel.java.vector;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.charrnn.accel.java.jvm.GeneratedClass;
import org.charrnn.graph.Arithmetic;
import org.charrnn.graph.BinaryFunction;
import org.charrnn.graph.Expression;
import org.charrnn.graph.UnaryFunction;

/**
 * Writes a loop for each element-wise expression: a vector of each operand is loaded, the whole
 * expression is computed in registers, the results are stored. The last elements, fewer than a
 * vector, go through the same code under a mask.
 *
 * <p><b>Thread safety.</b> Thread-safe.
 */
final class ExpressionWriter {

  private static final MethodTypeDesc VECTORS =
      MethodTypeDesc.of(CD_void, VectorCode.FLOATS.arrayType(), VectorCode.INTS, CD_int);
  private static final MethodTypeDesc REST =
      MethodTypeDesc.of(CD_void, VectorCode.FLOATS.arrayType(), VectorCode.INTS, CD_int, CD_int);

  private record Key(Expression expression, List<Boolean> numbers) {}

  private final Map<Key, ElementLoop> loops = new ConcurrentHashMap<>();

  /**
   * The loop of an expression.
   *
   * @param numbers for each operand whether it is a single number rather than an array
   */
  ElementLoop loop(Expression expression, List<Boolean> numbers) {
    return loops.computeIfAbsent(
        new Key(expression, List.copyOf(numbers)),
        key ->
            VectorCode.define(
                ElementLoop.class,
                new GeneratedClass.Method(
                    "runVectors", VECTORS, code -> new Writer(code, key).writeLoop()),
                new GeneratedClass.Method(
                    "runRest", REST, code -> new Writer(code, key).writeRest())));
  }

  private static final class Writer {
    private static final int MEMORY = 1;
    private static final int OFFSETS = 2;

    private final CodeBuilder code;
    private final Expression expression;
    private final List<Boolean> numbers;
    private final int[] arrays;
    private final int[] offsets;
    private final Integer[] values; // of the operands

    Writer(CodeBuilder code, Key key) {
      this.code = code;
      this.expression = key.expression();
      this.numbers = key.numbers();
      this.values = new Integer[expression.operands()];
      this.arrays = new int[expression.operands() + expression.results().size()];
      this.offsets = new int[arrays.length];
    }

    void writeLoop() {
      writeBeginning();
      TileWriter.loop(code, 3, Lanes.COUNT, i -> writeVector(i, -1));
      code.return_();
    }

    void writeRest() {
      writeBeginning();
      int mask = code.allocateLocal(TypeKind.REFERENCE);
      VectorCode.mask(VectorCode.species(code).iload(3).iload(4)).astore(mask);
      writeVector(3, mask);
      code.return_();
    }

    /** Loads arrays and offsets, and the operands that are numbers. */
    private void writeBeginning() {
      for (int i = 0; i < arrays.length; i++) {
        arrays[i] = code.allocateLocal(TypeKind.REFERENCE);
        offsets[i] = code.allocateLocal(TypeKind.INT);
        code.aload(MEMORY).loadConstant(i).aaload().astore(arrays[i]);
        code.aload(OFFSETS).loadConstant(i).iaload().istore(offsets[i]);
      }
      for (int i = 0; i < expression.operands(); i++) {
        values[i] = code.allocateLocal(TypeKind.REFERENCE);
        if (numbers.get(i)) {
          VectorCode.species(code).aload(arrays[i]).iload(offsets[i]).faload();
          VectorCode.broadcast(code).astore(values[i]);
        }
      }
    }

    private void writeVector(int i, int mask) {
      for (int operand = 0; operand < expression.operands(); operand++) {
        if (!numbers.get(operand)) {
          VectorCode.species(code).aload(arrays[operand]).iload(offsets[operand]).iload(i).iadd();
          (mask < 0 ? VectorCode.load(code) : VectorCode.loadMasked(code.aload(mask)))
              .astore(values[operand]);
        }
      }
      List<Integer> computed = expression.evaluate(new VectorArithmetic(code), List.of(values));
      for (int result = 0; result < expression.results().size(); result++) {
        int target = expression.operands() + result;
        code.aload(computed.get(result));
        code.aload(arrays[target]).iload(offsets[target]).iload(i).iadd();
        if (mask < 0) {
          VectorCode.store(code);
        } else {
          VectorCode.storeMasked(code.aload(mask));
        }
      }
    }
  }

  /** A value is the local variable that holds the vector. */
  private static final class VectorArithmetic implements Arithmetic<Integer> {
    private final Formula f;

    VectorArithmetic(CodeBuilder code) {
      this.f = new Formula(code);
    }

    @Override
    public Integer constant(double value) {
      return f.constant((float) value);
    }

    @Override
    public Integer unary(UnaryFunction function, Integer a) {
      return switch (function) {
        case IDENTITY -> a;
        case NEGATE -> f.negate(a);
        case SQRT -> f.sqrt(a);
        case EXP -> new Functions(f).exp(a);
        case LOG -> new Functions(f).log(a);
        case TANH -> new Functions(f).tanh(a);
        case SIGMOID -> new Functions(f).sigmoid(a);
      };
    }

    @Override
    public Integer binary(BinaryFunction function, Integer a, Integer b) {
      return switch (function) {
        case ADD -> f.add(a, b);
        case SUBTRACT -> f.subtract(a, b);
        case MULTIPLY -> f.multiply(a, b);
        case DIVIDE -> f.divide(a, b);
        case MAXIMUM -> f.binary("max", a, b);
        case MINIMUM -> f.binary("min", a, b);
        case GREATER -> f.choose(a, "GT", b, f.constant(1), f.constant(0));
      };
    }
  }
}

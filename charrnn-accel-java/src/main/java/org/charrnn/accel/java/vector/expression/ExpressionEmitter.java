package org.charrnn.accel.java.vector.expression;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.charrnn.accel.java.codegen.GeneratedClass;
import org.charrnn.accel.java.codegen.Lanes;
import org.charrnn.accel.java.codegen.VectorCode;
import org.charrnn.accel.java.codegen.VectorEmitter;
import org.charrnn.accel.java.runtime.ElementKernel;
import org.charrnn.accel.java.runtime.ElementKernels;
import org.charrnn.accel.java.team.Rate;
import org.charrnn.graph.expression.Arithmetic;
import org.charrnn.graph.expression.BinaryFunction;
import org.charrnn.graph.expression.Expression;
import org.charrnn.graph.expression.UnaryFunction;

/**
 * Writes a loop for each element-wise expression: a vector of each operand is loaded, the whole
 * expression is computed in registers, the results are stored. The last elements, fewer than a
 * vector, are computed by the same code with a mask.
 *
 * <p><b>Thread safety.</b> Thread-safe.
 */
public final class ExpressionEmitter implements ElementKernels {

  private static final MethodTypeDesc VECTORS =
      MethodTypeDesc.of(CD_void, VectorCode.FLOATS.arrayType(), VectorCode.INTS, CD_int);
  private static final MethodTypeDesc REST =
      MethodTypeDesc.of(CD_void, VectorCode.FLOATS.arrayType(), VectorCode.INTS, CD_int, CD_int);

  private record Key(Expression expression, List<Boolean> scalars) {}

  private final Map<Key, ElementLoop> loops = new ConcurrentHashMap<>();

  /** An emitter that has written no loop yet. */
  public ExpressionEmitter() {}

  @Override
  public ElementKernel kernel(Expression expression, List<Boolean> scalars, int columns) {
    List<ExpressionPieces.Piece> pieces = ExpressionPieces.of(expression);
    return pieces.size() == 1
        ? loop(expression, scalars)
        : new SplitExpression(this, expression, pieces, scalars);
  }

  @Override
  public boolean isWorthSplitting(Expression expression, long elements) {
    return Rate.VECTOR_EXPRESSION.isWorthSplitting(elements * ExpressionPieces.length(expression));
  }

  @Override
  public int width() {
    return Lanes.COUNT;
  }

  /**
   * The loop of an expression that is short enough for one loop.
   *
   * @param scalars for each operand whether all elements see the same number
   */
  public ElementKernel loop(Expression expression, List<Boolean> scalars) {
    return loops.computeIfAbsent(
        new Key(expression, List.copyOf(scalars)),
        key ->
            GeneratedClass.define(
                MethodHandles.lookup(),
                ElementLoop.class,
                new GeneratedClass.Method(
                    "runVectors", VECTORS, code -> new Writer(code, key).writeLoop()),
                new GeneratedClass.Method(
                    "runRest", REST, code -> new Writer(code, key).writeRest())));
  }

  private static final class Writer {
    private static final int ARRAYS = 1;
    private static final int STARTS = 2;

    private final CodeBuilder code;
    private final Expression expression;
    private final List<Boolean> scalars;
    private final int[] arrays;
    private final int[] starts;
    private final Integer[] values; // of the operands

    Writer(CodeBuilder code, Key key) {
      this.code = code;
      this.expression = key.expression();
      this.scalars = key.scalars();
      this.values = new Integer[expression.operands()];
      this.arrays = new int[expression.operands() + expression.results().size()];
      this.starts = new int[arrays.length];
    }

    void writeLoop() {
      writePrologue();
      VectorCode.loop(code, 3, Lanes.COUNT, i -> writeVector(i, -1));
      code.return_();
    }

    void writeRest() {
      writePrologue();
      int mask = code.allocateLocal(TypeKind.REFERENCE);
      VectorCode.mask(VectorCode.species(code).iload(3).iload(4)).astore(mask);
      writeVector(3, mask);
      code.return_();
    }

    /** Loads arrays and start indices, and the operands that are scalars. */
    private void writePrologue() {
      for (int i = 0; i < arrays.length; i++) {
        arrays[i] = code.allocateLocal(TypeKind.REFERENCE);
        starts[i] = code.allocateLocal(TypeKind.INT);
        code.aload(ARRAYS).loadConstant(i).aaload().astore(arrays[i]);
        code.aload(STARTS).loadConstant(i).iaload().istore(starts[i]);
      }
      for (int i = 0; i < expression.operands(); i++) {
        values[i] = code.allocateLocal(TypeKind.REFERENCE);
        if (scalars.get(i)) {
          VectorCode.species(code).aload(arrays[i]).iload(starts[i]).faload();
          VectorCode.broadcast(code).astore(values[i]);
        }
      }
    }

    private void writeVector(int i, int mask) {
      for (int operand = 0; operand < expression.operands(); operand++) {
        if (!scalars.get(operand)) {
          VectorCode.species(code).aload(arrays[operand]).iload(starts[operand]).iload(i).iadd();
          (mask < 0 ? VectorCode.load(code) : VectorCode.loadMasked(code.aload(mask)))
              .astore(values[operand]);
        }
      }
      List<Integer> computed = expression.evaluate(new VectorArithmetic(code), List.of(values));
      for (int result = 0; result < expression.results().size(); result++) {
        int target = expression.operands() + result;
        code.aload(computed.get(result));
        code.aload(arrays[target]).iload(starts[target]).iload(i).iadd();
        if (mask < 0) {
          VectorCode.store(code);
        } else {
          VectorCode.storeMasked(code.aload(mask));
        }
      }
    }
  }

  /** A value is the local variable that contains the vector. */
  private static final class VectorArithmetic implements Arithmetic<Integer> {
    private final VectorEmitter f;

    VectorArithmetic(CodeBuilder code) {
      this.f = new VectorEmitter(code);
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
        case EXP -> new MathEmitter(f).exp(a);
        case LOG -> new MathEmitter(f).log(a);
        case TANH -> new MathEmitter(f).tanh(a);
        case SIGMOID -> new MathEmitter(f).sigmoid(a);
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

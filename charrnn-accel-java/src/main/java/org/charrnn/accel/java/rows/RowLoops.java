package org.charrnn.accel.java.rows;

import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.charrnn.accel.java.codegen.GeneratedClass;
import org.charrnn.accel.java.codegen.VectorCode;
import org.charrnn.accel.java.runtime.ElementKernel;
import org.charrnn.accel.java.runtime.ElementKernels;
import org.charrnn.accel.java.team.Rate;
import org.charrnn.graph.expression.Arithmetic;
import org.charrnn.graph.expression.BinaryFunction;
import org.charrnn.graph.expression.Expression;
import org.charrnn.graph.expression.UnaryFunction;

/**
 * The loops of expressions over rows, all of which start at index 0 of their arrays. A loop is
 * generated for each expression that C2 can vectorize: everything between the operands and the
 * results of an element stays in registers. An {@link Evaluator} computes expressions with
 * functions, which C2 vectorizes only in several loops, and expressions that are too long.
 *
 * <p>Rows of another length have a loop of their own, since C2 unrolls a loop as far as its profile
 * says that it runs.
 *
 * <p><b>Thread safety.</b> None. A generated loop has no state.
 */
final class RowLoops implements ElementKernels {

  /** C2 vectorizes loops of at most sixty nodes; some of them belong to the loop itself. */
  private static final int MOST_NODES = 46;

  private static final int NODES_OF_ACCESS = 3;

  /** Terms that take as long as a function. */
  private static final int FUNCTION = 32;

  private static final ClassDesc ROW = CD_float.arrayType();
  private static final ClassDesc MATH = ClassDesc.of("java.lang.Math");
  private static final MethodTypeDesc RUN =
      MethodTypeDesc.of(CD_void, ROW.arrayType(), CD_int.arrayType(), CD_int);

  private record Key(Expression expression, List<Boolean> scalars, int columns) {}

  private final Map<Key, ElementKernel> loops = new HashMap<>();

  @Override
  public ElementKernel kernel(Expression expression, List<Boolean> scalars, int columns) {
    return canWrite(expression)
        ? loops.computeIfAbsent(new Key(expression, scalars, columns), RowLoops::write)
        : new Evaluator(expression, scalars, columns);
  }

  @Override
  public boolean isWorthSplitting(Expression expression, long elements) {
    long terms = expression.terms().stream().mapToLong(term -> isSimple(term) ? 1 : FUNCTION).sum();
    return Rate.PLAIN_EXPRESSION.isWorthSplitting(elements * terms);
  }

  @Override
  public int width() {
    return 1;
  }

  private static boolean canWrite(Expression expression) {
    int accesses = expression.operands() + expression.results().size();
    int nodes = accesses * NODES_OF_ACCESS + expression.terms().size();
    return nodes <= MOST_NODES && expression.terms().stream().allMatch(RowLoops::isSimple);
  }

  /** Whether a term is one or two vector instructions. */
  private static boolean isSimple(Expression.Term term) {
    return switch (term) {
      case Expression.Term.Constant _ -> true;
      case Expression.Term.Unary(UnaryFunction function, int _) ->
          switch (function) {
            case IDENTITY, NEGATE, SQRT -> true;
            case EXP, LOG, TANH, SIGMOID -> false;
          };
      case Expression.Term.Binary(BinaryFunction function, int _, int _) ->
          function != BinaryFunction.GREATER;
    };
  }

  private static ElementKernel write(Key key) {
    return GeneratedClass.define(
        MethodHandles.lookup(),
        ElementKernel.class,
        new GeneratedClass.Method("run", RUN, code -> new Writer(code, key).write()));
  }

  /** A value is the local variable that holds it. */
  private static final class Writer implements Arithmetic<Integer> {
    private static final int ARRAYS = 1;
    private static final int COUNT = 3;

    private final CodeBuilder code;
    private final Expression expression;
    private final List<Boolean> scalars;
    private final int[] arrays; // of the operands and then the results
    private final Integer[] values; // of the operands

    Writer(CodeBuilder code, Key key) {
      this.code = code;
      this.expression = key.expression();
      this.scalars = key.scalars();
      this.arrays = new int[expression.operands() + expression.results().size()];
      this.values = new Integer[expression.operands()];
    }

    void write() {
      for (int i = 0; i < arrays.length; i++) {
        arrays[i] = code.allocateLocal(TypeKind.REFERENCE);
        code.aload(ARRAYS).loadConstant(i).aaload().astore(arrays[i]);
      }
      for (int i = 0; i < values.length; i++) {
        values[i] = code.allocateLocal(TypeKind.FLOAT);
        if (scalars.get(i)) {
          code.aload(arrays[i]).iconst_0().faload().fstore(values[i]);
        }
      }
      VectorCode.loop(code, COUNT, 1, this::writeElement);
      code.return_();
    }

    private void writeElement(int j) {
      for (int i = 0; i < values.length; i++) {
        if (!scalars.get(i)) {
          code.aload(arrays[i]).iload(j).faload().fstore(values[i]);
        }
      }
      List<Integer> computed = expression.evaluate(this, List.of(values));
      for (int i = 0; i < computed.size(); i++) {
        code.aload(arrays[values.length + i]).iload(j).fload(computed.get(i)).fastore();
      }
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
        case SQRT ->
            code.f2d().invokestatic(MATH, "sqrt", MethodTypeDesc.of(CD_double, CD_double)).d2f();
        case EXP, LOG, TANH, SIGMOID -> throw new IllegalStateException("" + function);
      }
      return stored();
    }

    @Override
    public Integer binary(BinaryFunction function, Integer a, Integer b) {
      code.fload(a).fload(b);
      switch (function) {
        case ADD -> code.fadd();
        case SUBTRACT -> code.fsub();
        case MULTIPLY -> code.fmul();
        case DIVIDE -> code.fdiv();
        case MAXIMUM -> ofTwo("max");
        case MINIMUM -> ofTwo("min");
        case GREATER -> throw new IllegalStateException("" + function);
      }
      return stored();
    }

    private int stored() {
      int value = code.allocateLocal(TypeKind.FLOAT);
      code.fstore(value);
      return value;
    }

    private void ofTwo(String name) {
      code.invokestatic(MATH, name, MethodTypeDesc.of(CD_float, CD_float, CD_float));
    }
  }
}

package org.charrnn.accel.java.rows;

import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.charrnn.accel.java.jvm.GeneratedClass;
import org.charrnn.graph.Arithmetic;
import org.charrnn.graph.BinaryFunction;
import org.charrnn.graph.Expression;
import org.charrnn.graph.UnaryFunction;

/**
 * Writes a loop for each expression that C2 can make vectors of: everything between the operands
 * and the results of an element stays in registers. That leaves out functions, of which it makes
 * vectors only piece by piece, and what is too long.
 *
 * <p>Rows of another length have a loop of their own, since C2 unrolls a loop as far as its profile
 * says that it runs.
 *
 * <p><b>Thread safety.</b> None. What it writes has no state.
 */
final class RowLoops {

  /** C2 makes vectors of loops of at most sixty nodes; some of them belong to the loop itself. */
  private static final int MOST_NODES = 46;

  private static final int NODES_OF_ACCESS = 3;

  private static final ClassDesc ROW = CD_float.arrayType();
  private static final ClassDesc MATH = ClassDesc.of("java.lang.Math");
  private static final MethodTypeDesc RUN =
      MethodTypeDesc.of(CD_void, ROW.arrayType(), ROW.arrayType(), CD_int);

  private record Key(Expression expression, List<Boolean> numbers, int columns) {}

  private final Map<Key, RowLoop> loops = new HashMap<>();

  /**
   * What applies an expression.
   *
   * @param numbers for each operand whether all columns see the same number
   * @param columns those of the results
   * @return for one thread
   */
  RowLoop of(Expression expression, List<Boolean> numbers, int columns) {
    return canWrite(expression)
        ? loops.computeIfAbsent(new Key(expression, numbers, columns), RowLoops::write)
        : new Evaluator(expression, numbers, columns);
  }

  /** Which operands of an expression are single numbers. */
  static List<Boolean> numbers(List<Operand> operands, Operand result) {
    return operands.stream().map(o -> o.columns() == 1 && result.columns() > 1).toList();
  }

  private static boolean canWrite(Expression expression) {
    int accesses = expression.operands() + expression.results().size();
    int nodes = accesses * NODES_OF_ACCESS + expression.terms().size();
    return nodes <= MOST_NODES && expression.terms().stream().allMatch(RowLoops::isSimple);
  }

  /** Whether a term is an instruction or two of a vector. */
  static boolean isSimple(Expression.Term term) {
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

  private static RowLoop write(Key key) {
    return GeneratedClass.define(
        MethodHandles.lookup(),
        RowLoop.class,
        new GeneratedClass.Method("run", RUN, code -> new Writer(code, key).write()));
  }

  /** A value is the local variable that holds it. */
  private static final class Writer implements Arithmetic<Integer> {
    private static final int OPERANDS = 1;
    private static final int RESULTS = 2;
    private static final int COLUMNS = 3;

    private final CodeBuilder code;
    private final Expression expression;
    private final List<Boolean> numbers;
    private final int[] operands;
    private final int[] results;
    private final Integer[] values; // of the operands

    Writer(CodeBuilder code, Key key) {
      this.code = code;
      this.expression = key.expression();
      this.numbers = key.numbers();
      this.operands = new int[expression.operands()];
      this.results = new int[expression.results().size()];
      this.values = new Integer[operands.length];
    }

    void write() {
      for (int i = 0; i < values.length; i++) {
        values[i] = code.allocateLocal(TypeKind.FLOAT);
      }
      takeRows(OPERANDS, operands);
      takeRows(RESULTS, results);
      for (int i = 0; i < operands.length; i++) {
        if (numbers.get(i)) {
          code.aload(operands[i]).iconst_0().faload().fstore(values[i]);
        }
      }
      int j = code.allocateLocal(TypeKind.INT);
      Label test = code.newLabel();
      Label end = code.newLabel();
      code.iconst_0().istore(j);
      code.labelBinding(test).iload(j).iload(COLUMNS).if_icmpge(end);
      writeElement(j);
      code.iinc(j, 1).goto_(test).labelBinding(end).return_();
    }

    private void takeRows(int argument, int[] rows) {
      for (int i = 0; i < rows.length; i++) {
        rows[i] = code.allocateLocal(TypeKind.REFERENCE);
        code.aload(argument).loadConstant(i).aaload().astore(rows[i]);
      }
    }

    private void writeElement(int j) {
      for (int i = 0; i < operands.length; i++) {
        if (!numbers.get(i)) {
          code.aload(operands[i]).iload(j).faload().fstore(values[i]);
        }
      }
      List<Integer> computed = expression.evaluate(this, List.of(values));
      for (int i = 0; i < results.length; i++) {
        code.aload(results[i]).iload(j).fload(computed.get(i)).fastore();
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

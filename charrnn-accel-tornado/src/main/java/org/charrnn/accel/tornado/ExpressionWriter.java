package org.charrnn.accel.tornado;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import org.charrnn.graph.Expression;
import org.charrnn.graph.Primitive;
import uk.ac.manchester.tornado.api.math.TornadoMath;

/**
 * Writes the method of a kernel of expressions. For {@code v2 = v0 * v1} of a matrix and a row that
 * reads:
 *
 * <pre>
 * static void compute(KernelContext context, FloatArray floats, IntArray ints) {
 *   int e = context.globalIdx;
 *   if (e &lt; 6400) {
 *     float v0 = floats.get(1000 + e);
 *     float v1 = floats.get(500 + e % 100);
 *     floats.set(1000 + e, v0 * v1);
 *   }
 * }
 * </pre>
 */
final class ExpressionWriter {

  private static final ClassDesc INTEGER = ConstantDescs.CD_Integer;
  private static final ClassDesc MATH = TornadoMath.class.describeConstable().orElseThrow();
  private static final MethodTypeDesc GET_FLOAT =
      MethodTypeDesc.of(ConstantDescs.CD_float, ConstantDescs.CD_int);
  private static final MethodTypeDesc SET_FLOAT =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int, ConstantDescs.CD_float);
  private static final MethodTypeDesc GET_INT =
      MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_int);
  private static final MethodTypeDesc FUNCTION =
      MethodTypeDesc.of(ConstantDescs.CD_float, ConstantDescs.CD_float);

  private static final int CONTEXT = 0; // parameters
  private static final int FLOATS = 1;
  private static final int INTS = 2;

  private final CodeBuilder code;
  private final ElementExpression expression;
  private final int step;
  private final int element;
  private final int row; // of the tables
  private final int[] values;

  private ExpressionWriter(CodeBuilder code, ElementExpression expression, int step) {
    this.code = code;
    this.expression = expression;
    this.step = step;
    this.element = code.allocateLocal(TypeKind.INT);
    this.row = code.allocateLocal(TypeKind.INT);
    this.values =
        new int[expression.expression().operands() + expression.expression().terms().size()];
  }

  /** Writes the whole method. */
  static void write(CodeBuilder code, ExpressionKernel kernel) {
    Label begin = code.newLabel();
    Label end = code.newLabel();
    code.labelBinding(begin);
    code.localVariable(CONTEXT, "context", ExpressionClass.CONTEXT, begin, end);
    code.localVariable(FLOATS, "floats", ExpressionClass.FLOATS, begin, end);
    code.localVariable(INTS, "ints", ExpressionClass.INTS, begin, end);
    int item = code.allocateLocal(TypeKind.INT);
    code.aload(CONTEXT)
        .getfield(ExpressionClass.CONTEXT, "globalIdx", INTEGER)
        .invokevirtual(INTEGER, "intValue", MethodTypeDesc.of(ConstantDescs.CD_int))
        .istore(item);
    int step = code.allocateLocal(TypeKind.INT);
    code.aload(INTS).loadConstant(Kernel.STEP).invokevirtual(ExpressionClass.INTS, "get", GET_INT);
    code.istore(step);
    for (int i = 0; i < kernel.expressions().size(); i++) {
      ExpressionWriter writer = new ExpressionWriter(code, kernel.expressions().get(i), step);
      writer.write(item, kernel.firstItem(i));
    }
    code.return_();
    code.labelBinding(end);
  }

  private void write(int item, int firstItem) {
    Label done = code.newLabel();
    code.iload(item);
    if (firstItem > 0) {
      code.loadConstant(firstItem).isub();
    }
    code.istore(element);
    if (firstItem > 0) {
      code.iload(element).iflt(done);
    }
    code.iload(element).loadConstant(expression.elements()).if_icmpge(done);
    Span ids = expression.ids();
    if (ids != null) {
      code.aload(INTS);
      code.iload(element).loadConstant(expression.columns()).idiv();
      addStart(ids);
      code.invokevirtual(ExpressionClass.INTS, "get", GET_INT).istore(row);
      code.iload(row).iflt(done);
    }
    writeBody();
    code.labelBinding(done);
  }

  private void writeBody() {
    Expression terms = expression.expression();
    for (int i = 0; i < terms.operands(); i++) {
      code.aload(FLOATS);
      Span operand = expression.operands().get(i);
      if (expression.isTable().get(i)) {
        tableIndex(operand);
      } else {
        index(operand);
      }
      code.invokevirtual(ExpressionClass.FLOATS, "get", GET_FLOAT);
      keep(i);
    }
    for (int i = 0; i < terms.terms().size(); i++) {
      term(terms.terms().get(i));
      keep(terms.operands() + i);
    }
    List<Span> results = expression.results();
    for (int i = 0; i < results.size(); i++) {
      code.aload(FLOATS);
      if (expression.ids() == null) {
        index(results.get(i));
      } else {
        tableIndex(results.get(i));
      }
      code.fload(values[terms.results().get(i)]);
      code.invokevirtual(ExpressionClass.FLOATS, "set", SET_FLOAT);
    }
  }

  private void keep(int value) {
    values[value] = code.allocateLocal(TypeKind.FLOAT);
    code.fstore(values[value]);
  }

  // ---- where an operand lies

  /**
   * Leaves the index of the element of {@code operand} that belongs to the element of the results.
   */
  private void index(Span operand) {
    int columns = expression.columns();
    boolean allColumns = operand.columns() == columns;
    boolean allRows = operand.rows() == expression.rows();
    if (operand.elements() == 1) {
      code.loadConstant(0);
    } else if (allColumns) {
      code.iload(element);
      if (!allRows) {
        code.loadConstant(operand.elements()).irem();
      }
    } else {
      code.iload(element).loadConstant(columns).idiv();
      if (!allRows) {
        code.loadConstant(operand.rows()).irem();
      }
    }
    addStart(operand);
  }

  /** Leaves the index of the element of {@code table} in the row that the id names. */
  private void tableIndex(Span table) {
    code.iload(row);
    if (table.columns() > 1) {
      code.loadConstant(table.columns()).imul();
      code.iload(element).loadConstant(table.columns()).irem().iadd();
    }
    addStart(table);
  }

  private void addStart(Span span) {
    code.loadConstant(span.base()).iadd();
    if (span.step() != 0) {
      code.iload(step).loadConstant(span.step()).imul().iadd();
    }
  }

  // ---- what is computed

  private void term(Expression.Term term) {
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

package org.charrnn.accel.tornado;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.charrnn.graph.Expression;

/**
 * Writes what a work item does for one element of statements: {@code v1 = v0 * v0} of a matrix
 * reads
 *
 * <pre>
 * float v0 = floats.get(1000 + element);
 * float v1 = v0 * v0;
 * floats.set(2000 + element, v1);
 * </pre>
 *
 * <p>What one statement computes and the next one reads stays in a local variable.
 */
final class ElementWriter {

  static final MethodTypeDesc GET_FLOAT =
      MethodTypeDesc.of(ConstantDescs.CD_float, ConstantDescs.CD_int);
  static final MethodTypeDesc GET_INT =
      MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_int);

  private static final MethodTypeDesc SET_FLOAT =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int, ConstantDescs.CD_float);

  private final CodeBuilder code;
  private final int step;
  private final int element;
  private final Map<Span, Integer> computed = new HashMap<>();

  /**
   * For one element.
   *
   * @param step the local variable of the step of the surrounding loop
   * @param element the local variable that says which element, counted row by row
   */
  ElementWriter(CodeBuilder code, int step, int element) {
    this.code = code;
    this.step = step;
    this.element = element;
  }

  /** Leaves a number of the context, such as {@code globalIdx}, on the stack. */
  static void loadNumber(CodeBuilder code, String name) {
    code.aload(KernelClass.CONTEXT_AT)
        .getfield(KernelClass.CONTEXT, name, ConstantDescs.CD_Integer)
        .invokevirtual(
            ConstantDescs.CD_Integer, "intValue", MethodTypeDesc.of(ConstantDescs.CD_int));
  }

  /**
   * Computes an expression.
   *
   * @param row the local variable of the row of its tables, if there are any
   */
  void expression(ElementExpression expression, int row) {
    Expression terms = expression.expression();
    List<Integer> values = new ArrayList<>();
    for (int i = 0; i < terms.operands(); i++) {
      Span operand = expression.operands().get(i);
      if (expression.isTable().get(i)) {
        code.aload(KernelClass.FLOATS_AT);
        tableIndex(operand, row);
        code.invokevirtual(KernelClass.FLOATS, "get", GET_FLOAT);
      } else {
        load(operand, expression);
      }
      values.add(keep());
    }
    List<Integer> computed = terms.evaluate(new TermWriter(code), values);
    List<Span> results = expression.results();
    for (int i = 0; i < results.size(); i++) {
      int value = computed.get(i);
      if (expression.ids() == null) {
        store(results.get(i), expression, value);
      } else {
        code.aload(KernelClass.FLOATS_AT);
        tableIndex(results.get(i), row);
        code.fload(value).invokevirtual(KernelClass.FLOATS, "set", SET_FLOAT);
      }
    }
  }

  /**
   * Completes a product.
   *
   * @param sum the local variable of the product of row and column
   */
  void product(ProductTerm product, int sum) {
    int value = sum;
    Span addend = product.addend();
    if (addend != null) {
      code.fload(sum);
      load(addend, product);
      code.fadd();
      value = keep();
    }
    store(product.c(), product, value);
  }

  private int keep() {
    int value = code.allocateLocal(TypeKind.FLOAT);
    code.fstore(value);
    return value;
  }

  private void load(Span operand, Statement statement) {
    Integer value = computed.get(operand);
    if (value != null) {
      code.fload(value);
      return;
    }
    code.aload(KernelClass.FLOATS_AT);
    index(operand, statement);
    code.invokevirtual(KernelClass.FLOATS, "get", GET_FLOAT);
  }

  private void store(Span result, Statement statement, int value) {
    code.aload(KernelClass.FLOATS_AT);
    index(result, statement);
    code.fload(value).invokevirtual(KernelClass.FLOATS, "set", SET_FLOAT);
    computed.put(result, value);
  }

  /** Leaves the index of the element of {@code operand} that belongs to the element. */
  private void index(Span operand, Statement statement) {
    int columns = statement.columns();
    boolean allColumns = operand.columns() == columns;
    boolean allRows = operand.rows() == statement.rows();
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
    addStart(code, operand, step);
  }

  /** Leaves the index of the element of {@code table} in the row that the id names. */
  private void tableIndex(Span table, int row) {
    code.iload(row);
    if (table.columns() > 1) {
      code.loadConstant(table.columns()).imul();
      code.iload(element).loadConstant(table.columns()).irem().iadd();
    }
    addStart(code, table, step);
  }

  /** Adds to the index on the stack where {@code span} begins. */
  static void addStart(CodeBuilder code, Span span, int step) {
    loadStart(code, span, step);
    code.iadd();
  }

  /** Leaves on the stack where {@code span} begins. */
  static void loadStart(CodeBuilder code, Span span, int step) {
    code.loadConstant(span.base());
    if (span.step() != 0) {
      code.iload(step).loadConstant(span.step()).imul().iadd();
    }
  }
}

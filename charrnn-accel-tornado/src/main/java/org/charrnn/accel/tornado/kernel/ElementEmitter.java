package org.charrnn.accel.tornado.kernel;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.charrnn.accel.tornado.layout.DeviceMatrix;
import org.charrnn.graph.expression.Expression;

/**
 * Emits the code of a work item for one element of statements. For {@code v1 = v0 * v0} of a matrix
 * this is
 *
 * <pre>
 * float v0 = floats.get(1000 + element);
 * float v1 = v0 * v0;
 * floats.set(2000 + element, v1);
 * </pre>
 *
 * <p>A value that one statement computes and a later one reads stays in a local variable.
 */
final class ElementEmitter {

  static final MethodTypeDesc GET_FLOAT =
      MethodTypeDesc.of(ConstantDescs.CD_float, ConstantDescs.CD_int);
  static final MethodTypeDesc GET_INT =
      MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_int);

  private static final MethodTypeDesc SET_FLOAT =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int, ConstantDescs.CD_float);

  private final CodeBuilder code;
  private final int step;
  private final int element;
  private final Map<DeviceMatrix, Integer> computed = new HashMap<>();

  /**
   * For one element.
   *
   * @param step the local variable that holds the time step of the surrounding loop
   * @param element the local variable that holds the index of the element, row by row
   */
  ElementEmitter(CodeBuilder code, int step, int element) {
    this.code = code;
    this.step = step;
    this.element = element;
  }

  /**
   * For one element, some operands of which are in local variables.
   *
   * @param known the local variables
   */
  ElementEmitter(CodeBuilder code, int step, int element, Map<DeviceMatrix, Integer> known) {
    this(code, step, element);
    computed.putAll(known);
  }

  /** Emits the load of an operand into a new local variable, which it returns. */
  int loaded(DeviceMatrix operand, Statement statement) {
    load(operand, statement);
    return keep();
  }

  /** The local variable that holds a result. */
  int computed(DeviceMatrix result) {
    return Objects.requireNonNull(computed.get(result));
  }

  /** Pushes an index of the context, such as {@code globalIdx}. */
  static void loadIndex(CodeBuilder code, String name) {
    code.aload(KernelClass.CONTEXT_AT)
        .getfield(KernelClass.CONTEXT, name, ConstantDescs.CD_Integer)
        .invokevirtual(
            ConstantDescs.CD_Integer, "intValue", MethodTypeDesc.of(ConstantDescs.CD_int));
  }

  /**
   * Emits an expression.
   *
   * @param row the local variable that holds the row of its tables, if it has tables
   */
  void expression(ElementExpression expression, int row) {
    Expression terms = expression.expression();
    List<Integer> values = new ArrayList<>();
    for (int i = 0; i < terms.operands(); i++) {
      DeviceMatrix operand = expression.operands().get(i);
      if (expression.isTable().get(i)) {
        code.aload(KernelClass.FLOATS_AT);
        tableIndex(operand, row);
        code.invokevirtual(KernelClass.FLOATS, "get", GET_FLOAT);
      } else {
        load(operand, expression);
      }
      values.add(keep());
    }
    List<Integer> computed = terms.evaluate(new TermEmitter(code), values);
    List<DeviceMatrix> results = expression.results();
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
   * Emits the rest of a product: the addend and the store.
   *
   * @param sum the local variable that holds the product of row and column
   */
  void product(ProductTerm product, int sum) {
    int value = sum;
    DeviceMatrix addend = product.addend();
    if (addend != null) {
      code.fload(sum);
      load(addend, product);
      code.fadd();
      value = keep();
    }
    store(product.result(), product, value);
  }

  private int keep() {
    int value = code.allocateLocal(TypeKind.FLOAT);
    code.fstore(value);
    return value;
  }

  private void load(DeviceMatrix operand, Statement statement) {
    Integer value = computed.get(operand);
    if (value != null) {
      code.fload(value);
      return;
    }
    code.aload(KernelClass.FLOATS_AT);
    index(operand, statement);
    code.invokevirtual(KernelClass.FLOATS, "get", GET_FLOAT);
  }

  private void store(DeviceMatrix result, Statement statement, int value) {
    code.aload(KernelClass.FLOATS_AT);
    index(result, statement);
    code.fload(value).invokevirtual(KernelClass.FLOATS, "set", SET_FLOAT);
    computed.put(result, value);
  }

  /** Pushes the index of the element of {@code operand} that belongs to the element. */
  private void index(DeviceMatrix operand, Statement statement) {
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

  /** Pushes the index of the element of {@code table} in the row that the id selects. */
  private void tableIndex(DeviceMatrix table, int row) {
    code.iload(row);
    if (table.columns() > 1) {
      code.loadConstant(table.columns()).imul();
      code.iload(element).loadConstant(table.columns()).irem().iadd();
    }
    addStart(code, table, step);
  }

  /** Adds the index of the first element of {@code matrix} to the index on the stack. */
  static void addStart(CodeBuilder code, DeviceMatrix matrix, int step) {
    loadStart(code, matrix, step);
    code.iadd();
  }

  /** Pushes the index of the first element of {@code matrix} at this time step. */
  static void loadStart(CodeBuilder code, DeviceMatrix matrix, int step) {
    code.loadConstant(matrix.base());
    if (matrix.stride() != 0) {
      code.iload(step).loadConstant(matrix.stride()).imul().iadd();
    }
  }
}

package org.charrnn.accel.tornado.kernel;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import org.charrnn.accel.tornado.layout.DeviceMatrix;

/**
 * Emits the code of a work item of a kernel of expressions:
 *
 * <pre>
 * int item = context.globalIdx;
 * int element = item;
 * if (element &lt; 6400) {
 *   ... // see ElementEmitter
 * }
 * element = item - 6400;
 * if (element &gt;= 0 &amp;&amp; element &lt; 512) {
 *   ...
 * }
 * </pre>
 */
final class ExpressionEmitter {

  private ExpressionEmitter() {}

  static void emit(CodeBuilder code, ExpressionKernel kernel, int step) {
    int item = code.allocateLocal(TypeKind.INT);
    ElementEmitter.loadIndex(code, "globalIdx");
    code.istore(item);
    for (int i = 0; i < kernel.expressions().size(); i++) {
      emit(code, kernel.expressions().get(i), item, kernel.firstItem(i), step);
    }
  }

  private static void emit(
      CodeBuilder code, ElementExpression expression, int item, int firstItem, int step) {
    int element = code.allocateLocal(TypeKind.INT);
    int row = code.allocateLocal(TypeKind.INT);
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
    DeviceMatrix ids = expression.ids();
    if (ids != null) {
      code.aload(KernelClass.INTS_AT);
      code.iload(element).loadConstant(expression.columns()).idiv();
      ElementEmitter.addStart(code, ids, step);
      code.invokevirtual(KernelClass.INTS, "get", ElementEmitter.GET_INT).istore(row);
      code.iload(row).iflt(done);
    }
    new ElementEmitter(code, step, element).expression(expression, row);
    code.labelBinding(done);
  }
}

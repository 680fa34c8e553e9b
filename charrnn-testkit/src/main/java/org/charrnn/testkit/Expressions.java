package org.charrnn.testkit;

import java.util.ArrayList;
import java.util.List;
import org.charrnn.graph.Expression;
import org.charrnn.graph.Primitive;

/** Writes an expression term by term; each method returns the number of the value that it adds. */
final class Expressions {

  private final int operands;
  private final List<Expression.Term> terms = new ArrayList<>();

  Expressions(int operands) {
    this.operands = operands;
  }

  /** The expression that is {@code primitive} of its operands. */
  static Expression of(Primitive primitive) {
    Expressions writer = new Expressions(primitive.operands());
    return writer.finish(writer.term(primitive, 0, primitive.operands() - 1));
  }

  int term(Primitive primitive, int left, int right) {
    terms.add(new Expression.Term(primitive, left, right, 0));
    return operands + terms.size() - 1;
  }

  int term(Primitive primitive, int operand) {
    return term(primitive, operand, 0);
  }

  int number(double value) {
    terms.add(new Expression.Term(Primitive.CONSTANT, 0, 0, (float) value));
    return operands + terms.size() - 1;
  }

  Expression finish(Integer... results) {
    return new Expression(operands, terms, List.of(results));
  }
}

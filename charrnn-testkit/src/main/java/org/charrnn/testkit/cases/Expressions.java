package org.charrnn.testkit.cases;

import java.util.ArrayList;
import java.util.List;
import org.charrnn.graph.expression.BinaryFunction;
import org.charrnn.graph.expression.Expression;
import org.charrnn.graph.expression.UnaryFunction;

/** Builds an expression term by term; each method returns the index of the value that it adds. */
public final class Expressions {

  private final int operands;
  private final List<Expression.Term> terms = new ArrayList<>();

  public Expressions(int operands) {
    this.operands = operands;
  }

  public int term(BinaryFunction function, int left, int right) {
    return add(new Expression.Term.Binary(function, left, right));
  }

  public int term(UnaryFunction function, int operand) {
    return add(new Expression.Term.Unary(function, operand));
  }

  public int number(double value) {
    return add(new Expression.Term.Constant((float) value));
  }

  private int add(Expression.Term term) {
    terms.add(term);
    return operands + terms.size() - 1;
  }

  public Expression finish(Integer... results) {
    return new Expression(operands, terms, List.of(results));
  }
}

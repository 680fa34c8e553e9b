package org.charrnn.graph;

import java.util.List;

/**
 * A straight-line program over numbers, applied to every element of its operands alike.
 *
 * <p>Values are numbered: {@code 0 .. operands-1} are the operands, {@code operands + i} is the
 * value of term {@code i}. A term refers only to values before it. {@code results} names the values
 * that are written out.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param operands the number of operands
 * @param terms the steps, in order
 * @param results the values that leave, at least one, each the value of a term
 */
public record Expression(int operands, List<Term> terms, List<Integer> results) {

  /**
   * One step: {@code primitive(left, right)}.
   *
   * @param primitive the function
   * @param left the number of its first operand; ignored by {@link Primitive#CONSTANT}
   * @param right the number of its second operand; ignored by functions of fewer
   * @param constant the number that a {@link Primitive#CONSTANT} stands for, which an accelerator
   *     rounds to a float; 0 otherwise
   */
  public record Term(Primitive primitive, int left, int right, double constant) {}

  /** Checks that every reference points backwards. */
  public Expression {
    terms = List.copyOf(terms);
    results = List.copyOf(results);
    for (int i = 0; i < terms.size(); i++) {
      Term term = terms.get(i);
      int last = operands + i;
      boolean leftKnown =
          term.primitive().operands() < 1 || (term.left() >= 0 && term.left() < last);
      boolean rightKnown =
          term.primitive().operands() < 2 || (term.right() >= 0 && term.right() < last);
      if (!leftKnown || !rightKnown) {
        throw new IllegalArgumentException(
            "term " + i + " uses a value that is not computed yet: " + term);
      }
    }
    for (int result : results) {
      if (result < operands || result >= operands + terms.size()) {
        throw new IllegalArgumentException("a result must be the value of a term: " + result);
      }
    }
    if (results.isEmpty()) {
      throw new IllegalArgumentException("an expression needs a result");
    }
  }

  /** The expression of a single function of its operands. */
  static Expression of(Primitive primitive) {
    int operands = primitive.operands();
    return new Expression(
        operands, List.of(new Term(primitive, 0, operands - 1, 0)), List.of(operands));
  }

  /** The expression of a number. */
  static Expression constant(double value) {
    return new Expression(0, List.of(new Term(Primitive.CONSTANT, 0, 0, value)), List.of(0));
  }

  /** Whether this expression is a number and nothing else. */
  public boolean isConstant() {
    return operands == 0 && terms.size() == 1;
  }

  /** For example {@code v2 = tanh(v0); v3 = v1 * v2 -> v3}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < terms.size(); i++) {
      text.append(i == 0 ? "" : "; ")
          .append('v')
          .append(operands + i)
          .append(" = ")
          .append(describe(terms.get(i)));
    }
    text.append(" ->");
    results.forEach(result -> text.append(" v").append(result));
    return text.toString();
  }

  private static String describe(Term term) {
    String a = "v" + term.left();
    String b = "v" + term.right();
    return switch (term.primitive()) {
      case CONSTANT -> Double.toString(term.constant());
      case IDENTITY -> a;
      case NEGATE -> "-" + a;
      case ADD -> a + " + " + b;
      case SUBTRACT -> a + " - " + b;
      case MULTIPLY -> a + " * " + b;
      case DIVIDE -> a + " / " + b;
      case GREATER -> a + " > " + b;
      case MAXIMUM -> "max(" + a + ", " + b + ")";
      case MINIMUM -> "min(" + a + ", " + b + ")";
      case SQRT -> "sqrt(" + a + ")";
      case EXP -> "exp(" + a + ")";
      case LOG -> "log(" + a + ")";
      case TANH -> "tanh(" + a + ")";
      case SIGMOID -> "sigmoid(" + a + ")";
    };
  }
}

package org.charrnn.graph.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A straight-line program over numbers that is applied to each element of its operands.
 *
 * <p>Values are numbered: {@code 0 .. operands-1} are the operands, {@code operands + i} is the
 * value of term {@code i}. A term refers only to values before it. {@code results} lists the values
 * that are written.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param operands the number of operands, at least 0
 * @param terms the terms, in order
 * @param results the values that are written, at least one, each the value of a term
 */
public record Expression(int operands, List<Term> terms, List<Integer> results) {

  /** One value of an expression and how it is computed. */
  public sealed interface Term {

    /**
     * A number.
     *
     * @param value the number, which an accelerator rounds to a float
     */
    record Constant(double value) implements Term {}

    /**
     * A function of one value.
     *
     * @param function the function
     * @param operand the index of the value to which it is applied
     */
    record Unary(UnaryFunction function, int operand) implements Term {}

    /**
     * A function of two values.
     *
     * @param function the function
     * @param left the index of its first operand
     * @param right the index of its second operand
     */
    record Binary(BinaryFunction function, int left, int right) implements Term {}

    /** {@return the indices of the values that this term reads, in order} */
    default List<Integer> operands() {
      return switch (this) {
        case Constant _ -> List.of();
        case Unary(UnaryFunction _, int operand) -> List.of(operand);
        case Binary(BinaryFunction _, int left, int right) -> List.of(left, right);
      };
    }

    /**
     * {@return this term with each index of an operand replaced by its image under {@code index}}
     *
     * @param index the new index of each index
     */
    default Term renumbered(IntUnaryOperator index) {
      return switch (this) {
        case Constant _ -> this;
        case Unary(UnaryFunction function, int operand) ->
            new Unary(function, index.applyAsInt(operand));
        case Binary(BinaryFunction function, int left, int right) ->
            new Binary(function, index.applyAsInt(left), index.applyAsInt(right));
      };
    }
  }

  /**
   * Checks that each term refers only to values before it.
   *
   * @throws IllegalArgumentException if a term refers to itself or to a later value, a result is
   *     not the value of a term, or there is no result
   */
  public Expression {
    terms = List.copyOf(terms);
    results = List.copyOf(results);
    for (int i = 0; i < terms.size(); i++) {
      for (int operand : terms.get(i).operands()) {
        if (operand < 0 || operand >= operands + i) {
          throw new IllegalArgumentException(
              "term " + i + " uses a value that is not computed yet: " + terms.get(i));
        }
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

  /**
   * {@return the expression that applies one function to its operands}
   *
   * @param primitive the function
   */
  public static Expression of(Primitive primitive) {
    return switch (primitive) {
      case UnaryFunction function ->
          new Expression(1, List.of(new Term.Unary(function, 0)), List.of(1));
      case BinaryFunction function ->
          new Expression(2, List.of(new Term.Binary(function, 0, 1)), List.of(2));
    };
  }

  /**
   * {@return the expression without operands whose result is {@code value}}
   *
   * @param value the number
   */
  public static Expression constant(double value) {
    return new Expression(0, List.of(new Term.Constant(value)), List.of(0));
  }

  /** {@return whether this expression is a number and nothing else} */
  public boolean isConstant() {
    return operands == 0 && terms.size() == 1;
  }

  /**
   * Evaluates this expression.
   *
   * @param <V> the type of values
   * @param arithmetic computes the value of each term
   * @param operands the values of the operands, as many as {@link #operands()}
   * @return the values of the results
   */
  public <V> List<V> evaluate(Arithmetic<V> arithmetic, List<? extends V> operands) {
    List<V> values = new ArrayList<>(operands);
    for (Term term : terms) {
      values.add(
          switch (term) {
            case Term.Constant(double value) -> arithmetic.constant(value);
            case Term.Unary(UnaryFunction function, int operand) ->
                arithmetic.unary(function, values.get(operand));
            case Term.Binary(BinaryFunction function, int left, int right) ->
                arithmetic.binary(function, values.get(left), values.get(right));
          });
    }
    return results.stream().map(values::get).toList();
  }

  /** {@return a text, for example {@code v2 = tanh(v0); v3 = v1 * v2 -> v3}} */
  @Override
  public String toString() {
    Printer printer = new Printer(operands);
    List<String> values =
        evaluate(printer, IntStream.range(0, operands).mapToObj(i -> "v" + i).toList());
    return String.join("; ", printer.lines)
        + values.stream().collect(Collectors.joining(" ", " -> ", ""));
  }

  /** Writes one assignment for each term; a value is the name of its variable. */
  private static final class Printer implements Arithmetic<String> {

    private final List<String> lines = new ArrayList<>();
    private final int operands;

    Printer(int operands) {
      this.operands = operands;
    }

    @Override
    public String constant(double value) {
      return assign(Double.toString(value));
    }

    @Override
    public String unary(UnaryFunction function, String a) {
      return assign(
          switch (function) {
            case IDENTITY -> a;
            case NEGATE -> "-" + a;
            case SQRT -> "sqrt(" + a + ")";
            case EXP -> "exp(" + a + ")";
            case LOG -> "log(" + a + ")";
            case TANH -> "tanh(" + a + ")";
            case SIGMOID -> "sigmoid(" + a + ")";
          });
    }

    @Override
    public String binary(BinaryFunction function, String a, String b) {
      return assign(
          switch (function) {
            case ADD -> a + " + " + b;
            case SUBTRACT -> a + " - " + b;
            case MULTIPLY -> a + " * " + b;
            case DIVIDE -> a + " / " + b;
            case GREATER -> a + " > " + b;
            case MAXIMUM -> "max(" + a + ", " + b + ")";
            case MINIMUM -> "min(" + a + ", " + b + ")";
          });
    }

    private String assign(String value) {
      String variable = "v" + (operands + lines.size());
      lines.add(variable + " = " + value);
      return variable;
    }
  }
}

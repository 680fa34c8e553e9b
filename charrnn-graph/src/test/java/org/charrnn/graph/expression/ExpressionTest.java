package org.charrnn.graph.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.charrnn.graph.expression.Expression.Term;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, -1})
  void new_operandIsNotComputedYet_isRefused(int index) {
    List<Term> wrong =
        List.of(
            new Term.Unary(UnaryFunction.TANH, index),
            new Term.Binary(BinaryFunction.ADD, 0, index),
            new Term.Binary(BinaryFunction.ADD, index, 0));
    for (Term term : wrong) {
      var error =
          assertThrows(
              IllegalArgumentException.class, () -> new Expression(1, List.of(term), List.of(1)));
      assertEquals("term 0 uses a value that is not computed yet: " + term, error.getMessage());
    }
  }

  @Test
  void term_operands_inOrder() {
    assertEquals(List.of(), new Term.Constant(3).operands());
    assertEquals(List.of(7), new Term.Unary(UnaryFunction.EXP, 7).operands());
    assertEquals(List.of(7, 4), new Term.Binary(BinaryFunction.DIVIDE, 7, 4).operands());
  }

  @Test
  void term_renumbered_readsTheOtherValues() {
    assertEquals(new Term.Constant(3), new Term.Constant(3).renumbered(i -> i + 10));
    assertEquals(
        new Term.Unary(UnaryFunction.EXP, 17),
        new Term.Unary(UnaryFunction.EXP, 7).renumbered(i -> i + 10));
    assertEquals(
        new Term.Binary(BinaryFunction.DIVIDE, 17, 14),
        new Term.Binary(BinaryFunction.DIVIDE, 7, 4).renumbered(i -> i + 10));
  }

  @Test
  void evaluate_resultsInOrder() {
    var expression =
        new Expression(
            2,
            List.of(
                new Term.Constant(10),
                new Term.Binary(BinaryFunction.SUBTRACT, 0, 1),
                new Term.Binary(BinaryFunction.MULTIPLY, 3, 2)),
            List.of(4, 3));
    assertEquals(List.of(20.0, 2.0), expression.evaluate(Arithmetic.DOUBLES, List.of(5.0, 3.0)));
  }

  @ParameterizedTest
  @CsvSource({"0", "2", "-1"})
  void new_resultIsNoTerm(int result) {
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new Expression(1, List.of(new Term.Unary(UnaryFunction.EXP, 0)), List.of(result)));
    assertEquals("a result must be the value of a term: " + result, error.getMessage());
  }

  @Test
  void new_noResult() {
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Expression(1, List.of(new Term.Unary(UnaryFunction.EXP, 0)), List.of()));
    assertEquals("an expression needs a result", error.getMessage());
  }

  @Test
  void isConstant_onlyASingleNumber() {
    assertTrue(Expression.constant(3).isConstant());
    assertFalse(Expression.of(UnaryFunction.TANH).isConstant());
    assertFalse(
        new Expression(
                0, List.of(new Term.Constant(2), new Term.Unary(UnaryFunction.EXP, 0)), List.of(1))
            .isConstant());
  }

  @Test
  void toString_readsAsFormula() {
    var expression =
        new Expression(
            2,
            List.of(
                new Term.Unary(UnaryFunction.TANH, 0),
                new Term.Constant(0.5),
                new Term.Binary(BinaryFunction.MULTIPLY, 2, 3),
                new Term.Binary(BinaryFunction.MAXIMUM, 4, 1)),
            List.of(2, 5));
    assertEquals(
        "v2 = tanh(v0); v3 = 0.5; v4 = v2 * v3; v5 = max(v4, v1) -> v2 v5", expression.toString());
  }

  @ParameterizedTest
  @EnumSource
  void toString_everyUnaryFunction_namesItsOperand(UnaryFunction function) {
    String text = Expression.of(function).toString();
    assertTrue(text.matches("v1 = .*v0.* -> v1"), text);
  }

  @ParameterizedTest
  @EnumSource
  void toString_everyBinaryFunction_namesItsOperands(BinaryFunction function) {
    String text = Expression.of(function).toString();
    assertTrue(text.matches("v2 = .*v0.*v1.* -> v2"), text);
  }

  @ParameterizedTest
  @CsvSource({
    "IDENTITY,3,3",
    "NEGATE,3,-3",
    "SQRT,9,3",
    "EXP,0,1",
    "LOG,1,0",
    "TANH,0,0",
    "SIGMOID,0,0.5",
    "SQRT,-1,NaN",
    "SIGMOID,-800,0"
  })
  void apply_unaryFunction(UnaryFunction function, double a, double expected) {
    assertEquals(expected, function.apply(a));
  }

  @ParameterizedTest
  @CsvSource({
    "ADD,3,4,7",
    "SUBTRACT,3,4,-1",
    "MULTIPLY,3,4,12",
    "DIVIDE,3,4,0.75",
    "MAXIMUM,3,4,4",
    "MINIMUM,3,4,3",
    "GREATER,4,3,1",
    "GREATER,3,3,0",
    "MAXIMUM,NaN,1,NaN",
    "MINIMUM,1,NaN,NaN"
  })
  void apply_binaryFunction(BinaryFunction function, double a, double b, double expected) {
    assertEquals(expected, function.apply(a, b));
  }
}

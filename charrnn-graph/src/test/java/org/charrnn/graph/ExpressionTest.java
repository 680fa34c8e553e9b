package org.charrnn.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.charrnn.graph.Expression.Term;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExpressionTest {

  private static Term term(Primitive primitive, int left, int right) {
    return new Term(primitive, left, right, 0);
  }

  @ParameterizedTest
  @CsvSource({"TANH,1,0", "TANH,-1,0", "ADD,0,1", "ADD,0,2", "ADD,0,-1", "ADD,-1,0"})
  void new_termUsesWhatIsNotComputedYet(Primitive primitive, int left, int right) {
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Expression(1, List.of(term(primitive, left, right)), List.of(1)));
    assertTrue(
        error.getMessage().startsWith("term 0 uses a value that is not computed yet"),
        error.getMessage());
    assertTrue(error.getMessage().contains(primitive.name()), error.getMessage());
  }

  @Test
  void new_unusedOperandsOfATerm_areNotChecked() {
    var expression =
        new Expression(0, List.of(new Term(Primitive.CONSTANT, -5, 99, 2)), List.of(0));
    assertTrue(expression.isConstant());
  }

  @ParameterizedTest
  @CsvSource({"0", "2", "-1"})
  void new_resultIsNoTerm(int result) {
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Expression(1, List.of(term(Primitive.EXP, 0, 0)), List.of(result)));
    assertEquals("a result must be the value of a term: " + result, error.getMessage());
  }

  @Test
  void new_noResult() {
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Expression(1, List.of(term(Primitive.EXP, 0, 0)), List.of()));
    assertEquals("an expression needs a result", error.getMessage());
  }

  @Test
  void isConstant_onlyASingleNumber() {
    assertTrue(Expression.constant(3).isConstant());
    assertFalse(Expression.of(Primitive.TANH).isConstant());
    assertFalse(
        new Expression(
                0,
                List.of(new Term(Primitive.CONSTANT, 0, 0, 2), term(Primitive.EXP, 0, 0)),
                List.of(1))
            .isConstant());
  }

  @Test
  void toString_readsAsFormula() {
    var expression =
        new Expression(
            2,
            List.of(
                term(Primitive.TANH, 0, 0),
                new Term(Primitive.CONSTANT, 0, 0, 0.5f),
                term(Primitive.MULTIPLY, 2, 3),
                term(Primitive.MAXIMUM, 4, 1)),
            List.of(2, 5));
    assertEquals(
        "v2 = tanh(v0); v3 = 0.5; v4 = v2 * v3; v5 = max(v4, v1) -> v2 v5", expression.toString());
  }

  @ParameterizedTest
  @EnumSource(Primitive.class)
  void toString_everyPrimitive_namesItsOperands(Primitive primitive) {
    String text = new Expression(2, List.of(term(primitive, 0, 1)), List.of(2)).toString();
    assertEquals(primitive.operands() > 0, text.contains("v0"), text);
    assertEquals(primitive.operands() > 1, text.contains("v1"), text);
    assertTrue(text.startsWith("v2 = ") && text.endsWith("-> v2"), text);
  }

  @ParameterizedTest
  @CsvSource({
    "IDENTITY,3,0,3",
    "NEGATE,3,0,-3",
    "SQRT,9,0,3",
    "EXP,0,0,1",
    "LOG,1,0,0",
    "TANH,0,0,0",
    "SIGMOID,0,0,0.5",
    "ADD,3,4,7",
    "SUBTRACT,3,4,-1",
    "MULTIPLY,3,4,12",
    "DIVIDE,3,4,0.75",
    "MAXIMUM,3,4,4",
    "MINIMUM,3,4,3",
    "GREATER,4,3,1",
    "GREATER,3,3,0",
    "MAXIMUM,NaN,1,NaN",
    "MINIMUM,1,NaN,NaN",
    "SQRT,-1,0,NaN",
    "SIGMOID,-800,0,0"
  })
  void apply_primitive(Primitive primitive, double a, double b, double expected) {
    assertEquals(expected, primitive.apply(a, b));
  }

  @Test
  void apply_constant_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> Primitive.CONSTANT.apply(0, 0));
  }
}

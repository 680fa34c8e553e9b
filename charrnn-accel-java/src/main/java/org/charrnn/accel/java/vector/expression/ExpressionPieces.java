package org.charrnn.accel.java.vector.expression;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.charrnn.graph.expression.BinaryFunction;
import org.charrnn.graph.expression.Expression;
import org.charrnn.graph.expression.Expression.Term;
import org.charrnn.graph.expression.UnaryFunction;

/**
 * Cuts an expression that is too long for one generated loop into several. The last one writes all
 * results, since these may be the memory of operands that the earlier ones read.
 */
final class ExpressionPieces {

  /** Vector instructions up to which C1 and C2 compile a loop, measured, with a margin. */
  static final int LONGEST = 64;

  /**
   * A part of an expression.
   *
   * @param expression what it computes
   * @param operands which value of the whole expression each operand is
   * @param results which value of the whole expression each result is
   */
  record Piece(Expression expression, List<Integer> operands, List<Integer> results) {}

  private final Expression whole;

  private ExpressionPieces(Expression whole) {
    this.whole = whole;
  }

  /** The pieces in order; one if the expression is short enough. */
  static List<Piece> of(Expression expression) {
    return new ExpressionPieces(expression).cut();
  }

  /** How many vector instructions an expression takes, about, loads and stores included. */
  static int length(Expression expression) {
    int memory = expression.operands() + expression.results().size();
    return memory + expression.terms().stream().mapToInt(ExpressionPieces::length).sum();
  }

  private List<Piece> cut() {
    List<Piece> pieces = new ArrayList<>();
    int terms = whole.terms().size();
    for (int first = 0; first < terms; ) {
      int end = first;
      int length = 0;
      do {
        length += length(whole.terms().get(end++));
      } while (end < terms && length + length(whole.terms().get(end)) <= LONGEST);
      pieces.add(piece(whole.operands() + first, whole.operands() + end));
      first = end;
    }
    return pieces;
  }

  /** How many vector instructions a term takes, about. */
  private static int length(Term term) {
    return switch (term) {
      case Term.Constant _ -> 0;
      case Term.Unary(UnaryFunction function, int _) ->
          switch (function) {
            case IDENTITY -> 0;
            case NEGATE, SQRT -> 1;
            case EXP -> 22;
            case TANH, SIGMOID -> 26;
            case LOG -> 40;
          };
      case Term.Binary(BinaryFunction function, int _, int _) ->
          switch (function) {
            case ADD, SUBTRACT, MULTIPLY, DIVIDE -> 1;
            case MAXIMUM, MINIMUM, GREATER -> 3;
          };
    };
  }

  /** The piece that computes values {@code first} to {@code end} of the whole expression. */
  private Piece piece(int first, int end) {
    boolean last = end == whole.operands() + whole.terms().size();
    SortedSet<Integer> operands = new TreeSet<>();
    for (int value = first; value < end; value++) {
      operands.addAll(usedBy(value));
    }
    List<Integer> results = last ? whole.results() : neededAfter(first, end);
    operands.addAll(results);
    operands.removeIf(value -> value >= first || isConstant(value));

    Map<Integer, Integer> local = new HashMap<>();
    operands.forEach(operand -> local.put(operand, local.size()));
    List<Term> terms = new ArrayList<>();
    for (int value = first; value < end; value++) {
      usedBy(value).stream()
          .filter(this::isConstant)
          .forEach(constant -> add(constant, terms, local, operands.size()));
      add(value, terms, local, operands.size());
    }
    List<Integer> localResults = new ArrayList<>();
    for (int value : results) {
      add(value, terms, local, operands.size());
      if (localIndex(local, value) < operands.size()) { // computed by an earlier piece
        terms.add(new Term.Unary(UnaryFunction.IDENTITY, localIndex(local, value)));
        local.put(value, operands.size() + terms.size() - 1);
      }
      localResults.add(localIndex(local, value));
    }
    return new Piece(
        new Expression(operands.size(), terms, localResults), List.copyOf(operands), results);
  }

  private void add(int value, List<Term> terms, Map<Integer, Integer> local, int operands) {
    if (local.containsKey(value)) {
      return;
    }
    terms.add(term(value).renumbered(operand -> localIndex(local, operand)));
    local.put(value, operands + terms.size() - 1);
  }

  private static int localIndex(Map<Integer, Integer> local, int value) {
    return Objects.requireNonNull(local.get(value));
  }

  private Term term(int value) {
    return whole.terms().get(value - whole.operands());
  }

  private boolean isConstant(int value) {
    return value >= whole.operands() && term(value) instanceof Term.Constant;
  }

  private List<Integer> usedBy(int value) {
    return term(value).operands();
  }

  /** The values computed between {@code first} and {@code end} that later terms use. */
  private List<Integer> neededAfter(int first, int end) {
    SortedSet<Integer> needed = new TreeSet<>(whole.results());
    for (int value = end; value < whole.operands() + whole.terms().size(); value++) {
      needed.addAll(usedBy(value));
    }
    needed.removeIf(value -> value < first || value >= end || isConstant(value));
    return List.copyOf(needed);
  }
}

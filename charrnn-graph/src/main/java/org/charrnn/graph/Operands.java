package org.charrnn.graph;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.charrnn.graph.expression.Expression;

/**
 * The operands and results of a {@linkplain Op.Kernel kernel} by name, with the attributes of its
 * op. A {@code switch} over this family is all that an accelerator needs; this is the only place
 * that knows the order of the lists of a {@link Node} or an instruction.
 *
 * <p><b>Thread safety.</b> Immutable, if its values are.
 *
 * @param <T> the type that represents an operand or a result: a tensor, a slot, memory of a device
 */
public sealed interface Operands<T> {

  /**
   * {@code result = left * right + addend}, see {@link Op.MatMul}.
   *
   * @param left {@code [m, k]}, or {@code [k, m]} if it is stored transposed
   * @param transposeLeft whether {@code left} is stored transposed
   * @param right {@code [k, n]}, or {@code [n, k]} if it is stored transposed
   * @param transposeRight whether {@code right} is stored transposed
   * @param addend {@code [m, n]}, or {@code [1, n]} and then added to each row
   * @param result {@code [m, n]}
   * @param <T> the type that represents an operand or a result
   */
  record MatMul<T>(
      T left, boolean transposeLeft, T right, boolean transposeRight, Optional<T> addend, T result)
      implements Operands<T> {}

  /**
   * Rows of a table, see {@link Op.Gather}.
   *
   * @param table {@code [rows, n]}
   * @param ids the rows to read, integers in {@code [0, rows)}
   * @param result {@code [ids, n]}
   * @param <T> the type that represents an operand or a result
   */
  record Gather<T>(T table, T ids, T result) implements Operands<T> {}

  /**
   * Sums of rows, see {@link Op.ScatterAdd}.
   *
   * @param values {@code [ids, n]}
   * @param ids the row of {@code result} to which each row of {@code values} is added; a negative
   *     one is skipped
   * @param result {@code [rows, n]}
   * @param <T> the type that represents an operand or a result
   */
  record ScatterAdd<T>(T values, T ids, T result) implements Operands<T> {}

  /**
   * The distinct ids, see {@link Op.UniqueRows}.
   *
   * @param tableRows all ids are in {@code [0, tableRows)}
   * @param ids the ids
   * @param rows the distinct ids in order of first occurrence, then -1
   * @param slots for each id its index in {@code rows}
   * @param <T> the type that represents an operand or a result
   */
  record UniqueRows<T>(int tableRows, T ids, T rows, T slots) implements Operands<T> {}

  /**
   * Random numbers, see {@link Op.Uniform}.
   *
   * @param salt distinguishes the ops of a program that share a seed
   * @param seed a single integer
   * @param result numbers in [0, 1)
   * @param <T> the type that represents an operand or a result
   */
  record Uniform<T>(int salt, T seed, T result) implements Operands<T> {}

  /**
   * An expression of each element, see {@link Op.Elementwise}.
   *
   * @param expression the expression
   * @param operands its operands
   * @param results its results
   * @param <T> the type that represents an operand or a result
   */
  record Elementwise<T>(Expression expression, List<T> operands, List<T> results)
      implements Operands<T> {}

  /**
   * An expression of some rows of tables, in place, see {@link Op.UpdateRows}.
   *
   * @param expression the expression
   * @param tables for each result, the index of the operand whose memory it updates
   * @param ids the rows to update; a negative one is skipped
   * @param operands the operands of the expression
   * @param results the tables after the update
   * @param <T> the type that represents an operand or a result
   */
  record UpdateRows<T>(
      Expression expression, List<Integer> tables, T ids, List<T> operands, List<T> results)
      implements Operands<T> {}

  /**
   * Sum to a smaller shape, see {@link Op.Sum}.
   *
   * @param operand the tensor that is summed
   * @param result the sums, {@code [r, c]}
   * @param <T> the type that represents an operand or a result
   */
  record Sum<T>(T operand, T result) implements Operands<T> {}

  /**
   * Softmax and cross entropy, see {@link Op.CrossEntropy}. At least one of {@code loss} and {@code
   * gradient} is present.
   *
   * @param logits {@code [n, V]}
   * @param targets {@code n} ids; a negative one is skipped
   * @param upstream the gradient of the losses; present if {@code gradient} is
   * @param loss the loss of each target in nats
   * @param gradient the gradient of the logits, {@code [n, V]}
   * @param <T> the type that represents an operand or a result
   */
  record CrossEntropy<T>(
      T logits, T targets, Optional<T> upstream, Optional<T> loss, Optional<T> gradient)
      implements Operands<T> {}

  /**
   * Names the operands and results that {@link Op} lists in order.
   *
   * @param <T> the type that represents an operand or a result
   * @param kernel the kernel
   * @param inputs the operands, in the order of {@link Op}
   * @param outputs the results, in the order of {@link Op}
   * @return its operands and results by name
   * @throws java.util.NoSuchElementException if a list has too few elements
   * @throws IndexOutOfBoundsException if a list has too few elements
   */
  static <T> Operands<T> of(Op.Kernel kernel, List<T> inputs, List<T> outputs) {
    return switch (kernel) {
      case Op.MatMul(boolean transposeLeft, boolean transposeRight) ->
          new MatMul<>(
              inputs.get(0),
              transposeLeft,
              inputs.get(1),
              transposeRight,
              inputs.size() > 2 ? Optional.of(inputs.get(2)) : Optional.empty(),
              outputs.getFirst());
      case Op.Gather() -> new Gather<>(inputs.get(0), inputs.get(1), outputs.getFirst());
      case Op.ScatterAdd _ -> new ScatterAdd<>(inputs.get(0), inputs.get(1), outputs.getFirst());
      case Op.UniqueRows(int tableRows) ->
          new UniqueRows<>(tableRows, inputs.getFirst(), outputs.get(0), outputs.get(1));
      case Op.Uniform(int salt) -> new Uniform<>(salt, inputs.getFirst(), outputs.getFirst());
      case Op.Elementwise(Expression expression) -> new Elementwise<>(expression, inputs, outputs);
      case Op.UpdateRows(Expression expression, List<Integer> tables) ->
          new UpdateRows<>(
              expression, tables, inputs.getFirst(), inputs.subList(1, inputs.size()), outputs);
      case Op.Sum() -> new Sum<>(inputs.getFirst(), outputs.getFirst());
      case Op.CrossEntropy(boolean loss, boolean gradient) ->
          new CrossEntropy<>(
              inputs.get(0),
              inputs.get(1),
              gradient ? Optional.of(inputs.get(2)) : Optional.empty(),
              loss ? Optional.of(outputs.getFirst()) : Optional.empty(),
              gradient ? Optional.of(outputs.getLast()) : Optional.empty());
    };
  }

  /**
   * {@return the same kernel with each operand and result replaced by its image under {@code f}}
   *
   * @param <R> the type of the images
   * @param f returns the image of an operand or a result
   */
  default <R> Operands<R> map(Function<? super T, ? extends R> f) {
    return switch (this) {
      case MatMul<T>(
              T left,
              boolean transposeLeft,
              T right,
              boolean transposeRight,
              Optional<T> addend,
              T result) ->
          new MatMul<>(
              f.apply(left),
              transposeLeft,
              f.apply(right),
              transposeRight,
              addend.map(f),
              f.apply(result));
      case Gather<T>(T table, T ids, T result) ->
          new Gather<>(f.apply(table), f.apply(ids), f.apply(result));
      case ScatterAdd<T>(T values, T ids, T result) ->
          new ScatterAdd<>(f.apply(values), f.apply(ids), f.apply(result));
      case UniqueRows<T>(int tableRows, T ids, T rows, T slots) ->
          new UniqueRows<>(tableRows, f.apply(ids), f.apply(rows), f.apply(slots));
      case Uniform<T>(int salt, T seed, T result) ->
          new Uniform<>(salt, f.apply(seed), f.apply(result));
      case Elementwise<T>(Expression expression, List<T> operands, List<T> results) ->
          new Elementwise<>(expression, mapAll(operands, f), mapAll(results, f));
      case UpdateRows<T>(
              Expression expression,
              List<Integer> tables,
              T ids,
              List<T> operands,
              List<T> results) ->
          new UpdateRows<>(
              expression, tables, f.apply(ids), mapAll(operands, f), mapAll(results, f));
      case Sum<T>(T operand, T result) -> new Sum<>(f.apply(operand), f.apply(result));
      case CrossEntropy<T>(
              T logits,
              T targets,
              Optional<T> upstream,
              Optional<T> loss,
              Optional<T> gradient) ->
          new CrossEntropy<>(
              f.apply(logits), f.apply(targets), upstream.map(f), loss.map(f), gradient.map(f));
    };
  }

  private static <T, R> List<R> mapAll(List<T> values, Function<? super T, ? extends R> f) {
    return values.stream().<R>map(f).toList();
  }
}

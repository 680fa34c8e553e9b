package org.charrnn.graph;

import java.util.ArrayList;
import java.util.List;
import org.charrnn.graph.expression.Expression;

/**
 * An operation of a graph. The family is small and sealed: an accelerator is one exhaustive {@code
 * switch} over the {@link Operands} of each {@link Kernel}, and the loop over time is the only op
 * that contains others.
 *
 * <p>Ops treat every tensor as a matrix, see {@link Shape#rows()} and {@link Shape#columns()}. A
 * {@link Node} lists operands and results in the order documented at each op; {@link Operands#of}
 * gives them by name.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
public sealed interface Op {

  /** An op that an accelerator runs as one unit. */
  sealed interface Kernel extends Op {}

  /**
   * Matrix product: operands {@code a [m, k], b [k, n]} and optionally an addend, result {@code [m,
   * n] = a * b + addend}. With {@code transposeA} the first operand is stored as {@code [k, m]},
   * with {@code transposeB} the second one as {@code [n, k]}. The addend is {@code [m, n]}, or
   * {@code [1, n]} and then added to each row.
   *
   * @param transposeA whether the first operand is stored transposed
   * @param transposeB whether the second operand is stored transposed
   */
  record MatMul(boolean transposeA, boolean transposeB) implements Kernel {}

  /**
   * Rows of a table: operands {@code table [rows, n], ids (I32)}, result {@code [ids, n]}. Each id
   * must be in {@code [0, rows)}; the code that writes the ids checks that.
   */
  record Gather() implements Kernel {}

  /**
   * The adjoint of {@link Gather}: operands {@code values [ids, n], ids (I32)}, result {@code
   * [rows, n]}: zeros, with each row of {@code values} added to the row that its id names, in the
   * order of the ids. A negative id is skipped.
   *
   * @param rows the rows of the result
   */
  record ScatterAdd(int rows) implements Kernel {}

  /**
   * The distinct ids among those given: operand {@code ids (I32)}, results {@code rows [1, n]}, the
   * distinct ids in order of first occurrence and then -1, and {@code slots}, of the shape of the
   * ids: the index of each id in {@code rows}. {@code n} is the minimum of the number of ids and
   * {@code tableRows}.
   *
   * @param tableRows all ids are in {@code [0, tableRows)}
   */
  record UniqueRows(int tableRows) implements Kernel {}

  /**
   * Random numbers: operand {@code seed (I32, one element)}, result of any shape: element {@code
   * i}, in row-major order, is {@link CounterRandom#uniform}{@code (seed, salt, i)}. There is no
   * state: equal seeds give the same bits, in any order and on every accelerator.
   *
   * @param salt distinguishes the ops of a program that share a seed
   */
  record Uniform(int salt) implements Kernel {}

  /**
   * An expression applied to each element: the operands of the expression in order, each broadcast
   * to the common shape of the results. Element {@code (i, j)} of a result is computed from element
   * {@code (i mod rows, j or 0)} of an operand, 0 if the operand has a single column.
   *
   * @param expression the expression
   */
  record Elementwise(Expression expression) implements Kernel {}

  /**
   * An expression applied in place to some rows of tables: operands {@code rows (I32)} and then the
   * operands of the expression, results the tables after the update. An operand that is a table is
   * read at row {@code rows[i]}, any other at row {@code i mod its rows}, and the results are
   * written to row {@code rows[i]} of their tables, for each {@code i} with {@code rows[i] >= 0}.
   * Other rows keep their values. Result {@code k} has the memory of operand {@code tables.get(k)}.
   *
   * @param expression the expression
   * @param tables for each result, the index of the operand whose memory it updates
   */
  record UpdateRows(Expression expression, List<Integer> tables) implements Kernel {}

  /**
   * Sum to a smaller shape, the adjoint of broadcasting: one operand, result {@code [r, c]}:
   * element {@code (i, j)} of the operand is added to element {@code (i mod r, j or 0)} of the
   * result, 0 if the result has a single column.
   */
  record Sum() implements Kernel {}

  /**
   * Softmax and cross entropy: operands {@code logits [n, V], targets (I32, n ids)} and, for the
   * gradient, {@code upstream}, a scalar or of the shape of the targets. Results, if requested and
   * in this order: the loss {@code -log softmax(logits)[target]} in nats of each target, in the
   * shape of the targets; the gradient {@code (softmax(logits) - onehot(target)) * upstream}, in
   * the shape of the logits. A negative target has loss 0 and gradient 0. The maximum of a row is
   * subtracted before exponentials are computed, so that no finite logits overflow.
   *
   * @param loss whether the loss is a result
   * @param gradient whether the gradient is a result
   */
  record CrossEntropy(boolean loss, boolean gradient) implements Kernel {}

  /**
   * The loop over time, like {@code theano.scan}. Operands, in this order: {@code sequences}
   * tensors of shape {@code [steps, ...]}, of which the body receives one slice per step; {@code
   * carried} initial states; and every tensor of the surrounding graph that the body uses. The
   * inputs of the body are the slices and then the carried states. Its outputs are the new carried
   * states and then the stacked outputs, which may include a carried input: the states before each
   * step. Results of the op: the carried states after the last step, then the stacked outputs, each
   * {@code [steps, ...]}.
   *
   * @param steps the number of steps, at least 1
   * @param reverse whether time runs from the last slice to the first; a stacked output has the
   *     index of its slice
   * @param sequences the number of sequences
   * @param carried the number of carried states
   * @param body the computation of one step
   */
  record Scan(int steps, boolean reverse, int sequences, int carried, Block body) implements Op {

    /**
     * {@return the node of this loop with another body that has the same inputs}
     *
     * @param node the node of this loop
     * @param body the new body
     * @param outputs the results of the new node, as many as the outputs of {@code body}
     */
    public Node withBody(Node node, Block body, List<Tensor> outputs) {
      List<Tensor> inputs = new ArrayList<>(node.inputs().subList(0, sequences + carried));
      inputs.addAll(body.captured());
      return new Node(new Scan(steps, reverse, sequences, carried, body), inputs, outputs);
    }
  }
}

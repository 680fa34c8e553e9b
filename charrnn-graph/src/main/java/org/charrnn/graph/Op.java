package org.charrnn.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * What is computed at one place of a graph. The family is small and sealed: an accelerator is one
 * exhaustive {@code switch} over {@link Kernel}, and the loop over time is the only op that
 * contains others.
 *
 * <p>Ops see every tensor as a matrix, see {@link Shape#rows()} and {@link Shape#columns()};
 * operands and results are listed with the {@link Node} that the op belongs to, in the order given
 * at each op.
 */
public sealed interface Op {

  /** An op that an accelerator runs by itself. */
  sealed interface Kernel extends Op {}

  /**
   * Matrix product: operands {@code a [m, k], b [k, n]} and optionally an addend, result {@code [m,
   * n] = a * b + addend}. With {@code transposeA} the first operand is stored {@code [k, m]}, with
   * {@code transposeB} the second one {@code [n, k]}. The addend is {@code [m, n]}, or {@code [1,
   * n]} and then added to each row.
   *
   * @param transposeA whether the first operand is stored transposed
   * @param transposeB whether the second operand is stored transposed
   */
  record MatMul(boolean transposeA, boolean transposeB) implements Kernel {}

  /**
   * Rows of a table: operands {@code table [rows, n], ids (I32)}, result {@code [ids, n]}. Each id
   * must be in {@code [0, rows)}; whoever writes the ids checks that.
   */
  record Gather() implements Kernel {}

  /**
   * The opposite of {@link Gather}: operands {@code values [ids, n], ids (I32)}, result {@code
   * [rows, n]}: zero, plus each row of {@code values} at the row that its id names, in the order of
   * the ids. A negative id is passed over.
   *
   * @param rows the rows of the result
   */
  record ScatterAdd(int rows) implements Kernel {}

  /**
   * The distinct ids among those given: operand {@code ids (I32)}, results {@code rows [1, n]}, the
   * distinct ids in order of first occurrence and then -1, and {@code slots}, of the shape of the
   * ids: where in {@code rows} each id stands. {@code n} is the number of ids or {@code tableRows},
   * whichever is less.
   *
   * @param tableRows all ids are in {@code [0, tableRows)}
   */
  record UniqueRows(int tableRows) implements Kernel {}

  /**
   * Random numbers: operand {@code seed (I32, one element)}, result of any shape: element {@code
   * i}, counted row by row, is {@link CounterRandom#uniform}{@code (seed, salt, i)}. There is no
   * state: equal seeds give equal numbers, in any order and on every accelerator bit by bit.
   *
   * @param salt tells apart the ops of a program that share a seed
   */
  record Uniform(int salt) implements Kernel {}

  /**
   * An expression applied to each element: operands as the expression counts them, each repeated to
   * the common shape of the results: element {@code (i, j)} of a result is computed from element
   * {@code (i mod rows, j or 0)} of an operand, 0 where the operand has a single column.
   *
   * @param expression what is computed
   */
  record Elementwise(Expression expression) implements Kernel {}

  /**
   * An expression applied in place to some rows of tables: operands {@code rows (I32)} and then
   * those of the expression, results the tables after the update. Operand {@code o} of the
   * expression that is a table is read at row {@code rows[i]}, any other at row {@code i mod its
   * rows}, and the results are written to row {@code rows[i]} of their tables, for each {@code i}
   * with {@code rows[i] >= 0}. Rows that are not named keep their values. Result {@code k} has the
   * memory of the operand {@code tables.get(k)}.
   *
   * @param expression what is computed
   * @param tables for each result, the operand of the expression whose memory it updates
   */
  record UpdateRows(Expression expression, List<Integer> tables) implements Kernel {}

  /**
   * Sum to a smaller shape, the opposite of broadcasting: one operand, result {@code [r, c]}:
   * element {@code (i, j)} of the operand is added to element {@code (i mod r, j or 0)} of the
   * result, 0 where the result has a single column.
   */
  record Sum() implements Kernel {}

  /**
   * Softmax and cross entropy: operands {@code logits [n, V], targets (I32, n ids)} and, for the
   * gradient, {@code upstream}, a scalar or of the shape of the targets. Results, in this order and
   * as far as asked for: the loss {@code -log softmax(logits)[target]} in nats for each target, in
   * the shape of the targets; the gradient {@code (softmax( logits) - onehot(target)) * upstream},
   * in the shape of the logits. A negative target has loss 0 and gradient 0. The maximum of a row
   * is subtracted before exponentials are taken, so that no finite logits overflow.
   *
   * @param loss whether the loss is a result
   * @param gradient whether the gradient is a result
   */
  record CrossEntropy(boolean loss, boolean gradient) implements Kernel {}

  /**
   * The loop over time, like {@code theano.scan}. Operands, in this order: {@code sequences}
   * tensors of shape {@code [steps, ...]}, of which the body sees one slice a step; {@code carried}
   * initial states; and every tensor of the surrounding graph that the body uses. The inputs of the
   * body are the slices and then the carried states. Its outputs are the new carried states and
   * then what is stacked, which may include a carried input: the states before each step. Results
   * of the op: the carried states after the last step, then the stacked outputs, each {@code
   * [steps, ...]}.
   *
   * @param steps how often the body runs, at least 1
   * @param reverse whether time runs from the last slice to the first; stacked outputs stand where
   *     their slices stand
   * @param sequences the number of sequences
   * @param carried the number of carried states
   * @param body what one step computes
   */
  record Scan(int steps, boolean reverse, int sequences, int carried, Block body) implements Op {

    /**
     * The node of this loop with another body, which has the same inputs.
     *
     * @param node the node of this loop
     * @param outputs the results of the new node, as many as the outputs of {@code body}
     */
    public Node withBody(Node node, Block body, List<Tensor> outputs) {
      List<Tensor> inputs = new ArrayList<>(node.inputs().subList(0, sequences + carried));
      inputs.addAll(body.captured());
      return new Node(new Scan(steps, reverse, sequences, carried, body), inputs, outputs);
    }
  }
}

package org.charrnn.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.CrossEntropyLossOptions;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The GRU with the reset before the product, written with operations of libtorch. Only the rows of
 * the embedding that occur are updated, which changes the time of Adagrad but not its result.
 */
final class LibtorchCell implements LibtorchStep {

  /** The parameters of a layer; {@code gates} and {@code candidate} are the recurrent weights. */
  private record Layer(Tensor input, Tensor gates, Tensor candidate, Tensor bias) {}

  private static final float DEVIATION = 0.01f;

  private final int hidden;
  private final int batch;
  private final Tensor table;
  private final Tensor squaresOfTable;
  private final List<Layer> layers = new ArrayList<>();
  private final Tensor output;
  private final Tensor outputBias;
  private final List<Tensor> dense = new ArrayList<>();
  private final List<Tensor> squares = new ArrayList<>();

  LibtorchCell(Config config) {
    hidden = config.hidden();
    batch = config.batch();
    table = normal(config.vocabulary(), 3L * hidden);
    squaresOfTable = torch.zeros_like(table);
    for (int i = 0; i < config.layers(); i++) {
      Tensor input = normal(hidden, 3L * hidden); // unused in the first layer, which has the table
      layers.add(
          new Layer(
              input,
              trained(normal(hidden, 2L * hidden)),
              trained(normal(hidden, hidden)),
              trained(torch.zeros(3L * hidden))));
      if (i > 0) {
        trained(input);
      }
    }
    output = trained(normal(hidden, config.vocabulary()));
    outputBias = trained(torch.zeros(config.vocabulary()));
  }

  private static Tensor normal(long rows, long columns) {
    return torch.randn(rows, columns).mul(new Scalar(DEVIATION));
  }

  private Tensor trained(Tensor parameter) {
    parameter.requires_grad_(true);
    dense.add(parameter);
    squares.add(torch.zeros_like(parameter));
    return parameter;
  }

  @Override
  public float run(Tensor ids, Tensor targets, CrossEntropyLossOptions reduction) {
    try (PointerScope _ = new PointerScope()) {
      var sorted = ids.reshape(-1).sort().get0();
      Tensor distinct = torch.unique_consecutive(sorted, false, false, new LongOptional()).get0();
      Tensor rows = table.index_select(0, distinct).requires_grad_(true);
      Tensor places = torch.searchsorted(distinct, ids.reshape(-1));
      Tensor states = rows.index_select(0, places).view(-1, batch, 3L * hidden);
      for (int i = 0; i < layers.size(); i++) {
        Layer layer = layers.get(i);
        states = layer(i == 0 ? states : states.matmul(layer.input()), layer);
      }
      Tensor logits = torch.addmm(outputBias, states.view(-1, hidden), output);
      Tensor loss = torch.cross_entropy(logits, targets, reduction);
      dense.forEach(parameter -> parameter.mutable_grad().reset());
      loss.backward();
      update(distinct, rows.grad());
      return loss.item_float();
    }
  }

  private Tensor layer(Tensor input, Layer layer) {
    Tensor sums = input.add(layer.bias());
    TensorVector gates = sums.narrow(2, 0, 2L * hidden).unbind(0);
    TensorVector candidates = sums.narrow(2, 2L * hidden, hidden).unbind(0);
    TensorVector states = new TensorVector();
    Tensor state = torch.zeros(batch, hidden);
    for (long t = 0; t < gates.size(); t++) {
      Tensor both = torch.sigmoid(torch.addmm(gates.get(t), state, layer.gates()));
      Tensor keep = both.narrow(1, 0, hidden);
      Tensor reset = both.narrow(1, hidden, hidden);
      Tensor candidate =
          torch.tanh(torch.addmm(candidates.get(t), reset.mul(state), layer.candidate()));
      state = keep.mul(state.sub(candidate)).add(candidate);
      states.push_back(state);
    }
    return torch.stack(states);
  }

  private void update(Tensor distinct, Tensor gradient) {
    Scalar rate = new Scalar(-RATE);
    Scalar epsilon = new Scalar(EPSILON);
    try (NoGradGuard _ = new NoGradGuard()) {
      Tensor sums = squaresOfTable.index_select(0, distinct).addcmul_(gradient, gradient);
      squaresOfTable.index_copy_(0, distinct, sums);
      table.index_add_(0, distinct, gradient.div(sums.add(epsilon).sqrt_()), rate);
      for (int i = 0; i < dense.size(); i++) {
        Tensor g = dense.get(i).grad();
        Tensor sum = squares.get(i).addcmul_(g, g);
        dense.get(i).addcdiv_(g, sum.add(epsilon).sqrt_(), rate);
      }
    }
  }
}

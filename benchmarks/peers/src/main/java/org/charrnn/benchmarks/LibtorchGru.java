package org.charrnn.benchmarks;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adagrad;
import org.bytedeco.pytorch.AdagradOptions;
import org.bytedeco.pytorch.CrossEntropyLossOptions;
import org.bytedeco.pytorch.EmbeddingImpl;
import org.bytedeco.pytorch.GRUImpl;
import org.bytedeco.pytorch.GRUOptions;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** The GRU of libtorch (reset after the product) on an embedding, with the Adagrad of libtorch. */
final class LibtorchGru implements LibtorchStep {

  private final int vocabulary;
  private final EmbeddingImpl embedding;
  private final GRUImpl gru;
  private final LinearImpl linear;
  private final Adagrad adagrad;

  LibtorchGru(Config config) {
    vocabulary = config.vocabulary();
    embedding = new EmbeddingImpl(vocabulary, config.hidden());
    GRUOptions options = new GRUOptions(config.hidden(), config.hidden());
    options.num_layers().put(config.layers());
    gru = new GRUImpl(options);
    linear = new LinearImpl(config.hidden(), vocabulary);
    TensorVector parameters = new TensorVector();
    for (TensorVector part :
        new TensorVector[] {embedding.parameters(), gru.parameters(), linear.parameters()}) {
      for (long i = 0; i < part.size(); i++) {
        parameters.push_back(part.get(i));
      }
    }
    AdagradOptions rate = new AdagradOptions(RATE);
    rate.eps().put(EPSILON);
    adagrad = new Adagrad(parameters, rate);
  }

  @Override
  public float run(Tensor ids, Tensor targets, CrossEntropyLossOptions reduction) {
    try (PointerScope _ = new PointerScope()) {
      Tensor states = gru.forward(embedding.forward(ids)).get0();
      Tensor logits = linear.forward(states).view(-1, vocabulary);
      Tensor loss = torch.cross_entropy(logits, targets, reduction);
      adagrad.zero_grad();
      loss.backward();
      adagrad.step();
      return loss.item_float();
    }
  }
}

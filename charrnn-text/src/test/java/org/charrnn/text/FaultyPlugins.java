package org.charrnn.text;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.charrnn.api.Cell;
import org.charrnn.api.Optimizer;
import org.charrnn.api.ParameterSpec;
import org.charrnn.api.Tokenizer;
import org.charrnn.api.Weights;
import org.charrnn.graph.Tensor;

/** Plugins of others, each with a fault; registered like any other plugin. */
public final class FaultyPlugins {

  private FaultyPlugins() {}

  /** Declares a parameter twice. */
  public static final class TwiceCell implements Cell {
    @Override
    public String name() {
      return "faulty-twice";
    }

    @Override
    public List<ParameterSpec> parameters(int inputSize, int hiddenSize) {
      return List.of(ParameterSpec.bias("b", hiddenSize), ParameterSpec.bias("b", hiddenSize));
    }

    @Override
    public List<Tensor> step(Tensor x, List<Tensor> state, Weights weights) {
      return state;
    }
  }

  /** Multiplies matrices that do not fit. */
  public static final class StepCell implements Cell {
    @Override
    public String name() {
      return "faulty-step";
    }

    @Override
    public List<ParameterSpec> parameters(int inputSize, int hiddenSize) {
      return List.of(ParameterSpec.weight("w", inputSize + 1, hiddenSize));
    }

    @Override
    public List<Tensor> step(Tensor x, List<Tensor> state, Weights weights) {
      return List.of(state.getFirst().matmul(weights.get("w")));
    }
  }

  /** Drops the case of letters, so that its symbols are not the text. */
  public static final class LossyTokenizer implements Tokenizer {
    @Override
    public String name() {
      return "faulty-lossy";
    }

    @Override
    public void split(String text, Consumer<String> symbols) {
      text.toLowerCase(Locale.ROOT).codePoints().mapToObj(Character::toString).forEach(symbols);
    }
  }

  /** Has no learning rate. */
  public static final class RateOptimizer implements Optimizer {
    @Override
    public String name() {
      return "faulty-rate";
    }

    @Override
    public double defaultLearningRate() {
      throw new IllegalArgumentException("not decided yet");
    }

    @Override
    public List<String> states() {
      return List.of();
    }

    @Override
    public Update update(
        Tensor parameter, Tensor gradient, List<Tensor> state, UpdateContext context) {
      return Update.of(parameter);
    }
  }
}

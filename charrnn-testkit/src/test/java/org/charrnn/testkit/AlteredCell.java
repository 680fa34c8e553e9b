package org.charrnn.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.charrnn.api.Cell;
import org.charrnn.api.ParameterSpec;
import org.charrnn.api.Weights;
import org.charrnn.graph.Tensor;
import org.charrnn.testkit.cases.SampleCell;

/** The sample cell, or one that differs from it in a single respect. */
public record AlteredCell(String name, Declaration declaration, Formula formula) implements Cell {

  private static final Cell SAMPLE = new SampleCell();

  interface Declaration {
    List<ParameterSpec> parameters(int inputSize, int hiddenSize);
  }

  interface Formula {
    List<Tensor> step(Tensor x, List<Tensor> state, Weights weights);
  }

  /** The cell without a change; it keeps the contract. */
  public AlteredCell() {
    this(SAMPLE.name(), SAMPLE::parameters, SAMPLE::step);
  }

  static Cell named(String name) {
    return new AlteredCell(name, SAMPLE::parameters, SAMPLE::step);
  }

  /** Declares the parameters that {@code change} makes of a list for hidden size H. */
  static Cell withParameters(ParameterChange change) {
    return new AlteredCell(
        SAMPLE.name(),
        (inputSize, hiddenSize) -> {
          List<ParameterSpec> specs = new ArrayList<>(SAMPLE.parameters(inputSize, hiddenSize));
          change.apply(specs, hiddenSize);
          return specs;
        },
        SAMPLE::step);
  }

  interface ParameterChange {
    void apply(List<ParameterSpec> specs, int hiddenSize);
  }

  static Cell withStep(Formula formula) {
    return new AlteredCell(SAMPLE.name(), SAMPLE::parameters, formula);
  }

  /** Changes the output, which is the first state. */
  static Cell withOutput(UnaryOperator<Tensor> change) {
    return withStep((x, state, weights) -> {
      List<Tensor> next = SAMPLE.step(x, state, weights);
      return List.of(change.apply(next.getFirst()), next.getLast());
    });
  }

  /** Changes the input before the step reads it. */
  static Cell withInput(UnaryOperator<Tensor> change) {
    return withStep((x, state, weights) -> SAMPLE.step(change.apply(x), state, weights));
  }

  @Override
  public List<String> states() {
    return SAMPLE.states();
  }

  @Override
  public List<ParameterSpec> parameters(int inputSize, int hiddenSize) {
    return declaration.parameters(inputSize, hiddenSize);
  }

  @Override
  public List<Tensor> step(Tensor x, List<Tensor> state, Weights weights) {
    return formula.step(x, state, weights);
  }
}

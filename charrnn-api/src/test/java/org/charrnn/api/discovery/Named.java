package org.charrnn.api.discovery;

import java.util.List;
import java.util.Locale;
import org.charrnn.api.Cell;
import org.charrnn.api.ParameterSpec;
import org.charrnn.api.Weights;
import org.charrnn.graph.Tensor;

/**
 * Providers for the tests of discovery: two that work, and one for each way in which one can be
 * broken.
 */
final class Named {

  private Named() {}

  private abstract static class TestCell implements Cell {
    @Override
    public String name() {
      return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<ParameterSpec> parameters(int inputSize, int hiddenSize) {
      return List.of();
    }

    @Override
    public List<Tensor> step(Tensor x, List<Tensor> state, Weights weights) {
      return state;
    }
  }

  public static final class Alpha extends TestCell {}

  public static final class Beta extends TestCell {}

  public static final class SecondAlpha extends TestCell {
    @Override
    public String name() {
      return "alpha";
    }
  }

  public static final class ThrowsInConstructor extends TestCell {
    public ThrowsInConstructor() {
      throw new UnsupportedOperationException("no luck today");
    }
  }

  public static final class ThrowsInStaticBlock extends TestCell {
    static final int NUMBER = Integer.parseInt("not a number");
  }

  public static final class ThrowsInName extends TestCell {
    @Override
    public String name() {
      throw new UnsupportedOperationException("no name today");
    }
  }

  public static final class NullName extends TestCell {
    @Override
    @SuppressWarnings("NullAway")
    public String name() {
      return null;
    }
  }

  public static final class ImpossibleName extends TestCell {
    @Override
    public String name() {
      return "two\nlines";
    }
  }

  public static final class NoPublicConstructor extends TestCell {
    private NoPublicConstructor() {}
  }

  /** No cell at all. */
  public static final class Stranger {}
}

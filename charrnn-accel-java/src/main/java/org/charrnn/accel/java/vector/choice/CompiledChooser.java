package org.charrnn.accel.java.vector.choice;

import org.charrnn.api.ScoreChooser;
import org.jspecify.annotations.Nullable;

/** A {@link VectorChooser} that leaves all choices undecided until its loops are compiled. */
final class CompiledChooser implements ScoreChooser {

  private final int count;
  private final ChoiceCompilation compilation;
  private @Nullable VectorChooser chooser; // once it is needed

  CompiledChooser(int count, ChoiceCompilation compilation) {
    this.count = count;
    this.compilation = compilation;
  }

  @Override
  public int choose(float[] scores, double temperature, int topK, double topP, double chance) {
    if (!compilation.isDone(count)) {
      return UNDECIDED;
    }
    VectorChooser compiled = chooser;
    if (compiled == null) {
      compiled = new VectorChooser(count);
      chooser = compiled;
    }
    return compiled.choose(scores, temperature, topK, topP, chance);
  }
}

package org.charrnn.accel.java.vector.choice;

import org.charrnn.api.ScoreChooser;

/** A {@link VectorChooser} that leaves all choices undecided until its loops are compiled. */
final class CompiledChooser implements ScoreChooser {

  private final VectorChooser chooser;
  private final int count;
  private final ChoiceCompilation compilation;

  CompiledChooser(int count, ChoiceCompilation compilation) {
    this.chooser = new VectorChooser(count);
    this.count = count;
    this.compilation = compilation;
  }

  @Override
  public int choose(float[] scores, double temperature, int topK, double topP, double chance) {
    return compilation.isDone(count)
        ? chooser.choose(scores, temperature, topK, topP, chance)
        : UNDECIDED;
  }
}

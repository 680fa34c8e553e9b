package org.charrnn.accel.java.vector.choice;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import org.charrnn.accel.java.codegen.Lanes;
import org.charrnn.api.ScoreChooser;

/** Chooses in vectors of single precision. Nothing is sorted: limits are found by halving. */
final class VectorChooser implements ScoreChooser {

  /** Other temperatures would need more care. */
  private static final double MIN_TEMPERATURE = 1e-3;

  private static final double MAX_TEMPERATURE = 1e6;

  private final int count;
  private final int padded;
  private final float[] scores; // followed by negative infinities
  private final VectorWeights weights;
  private final TopScores top;

  /** Chooses one of {@code count} ids. */
  VectorChooser(int count) {
    this.count = count;
    this.padded = Math.ceilDiv(count, TopScores.GROUPS) * TopScores.GROUPS;
    this.scores = new float[padded];
    Arrays.fill(scores, Float.NEGATIVE_INFINITY);
    this.weights = new VectorWeights(padded);
    this.top = new TopScores(padded);
  }

  @Override
  public int choose(float[] given, double temperature, int topK, double topP, double chance) {
    System.arraycopy(given, 0, scores, 0, count);
    float best = Extremes.maximum(scores, 0, count);
    if (best == Float.NEGATIVE_INFINITY) {
      return UNDECIDED;
    }
    if (temperature == 0) {
      return first(best);
    }
    if (temperature < MIN_TEMPERATURE || temperature > MAX_TEMPERATURE) {
      return UNDECIDED;
    }
    if (topK >= count) {
      double total = weights.compute(scores, count, padded, best, temperature);
      if (topP < 1) {
        total = weights.keepNucleus(total, topP * total);
      }
      return draw(total, chance);
    }
    int kept = top.select(scores, padded, topK, best);
    if (kept == 0) {
      return UNDECIDED;
    }
    double total = weights.compute(top.scores(), kept, top.padded(), best, temperature);
    if (topP < 1) {
      total = weights.keepNucleus(total, topP * total);
    }
    int drawn = draw(total, chance);
    return drawn == UNDECIDED ? UNDECIDED : top.id(drawn);
  }

  private int draw(double total, double chance) {
    return total == 0 ? UNDECIDED : weights.draw(chance * total);
  }

  private int first(float best) {
    for (int i = 0; i < padded; i += Lanes.COUNT) {
      VectorMask<Float> isBest =
          FloatVector.fromArray(Lanes.SPECIES, scores, i).compare(VectorOperators.EQ, best);
      if (isBest.anyTrue()) {
        return i + isBest.firstTrue();
      }
    }
    return UNDECIDED;
  }
}

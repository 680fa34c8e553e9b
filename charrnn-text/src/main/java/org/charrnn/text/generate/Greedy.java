package org.charrnn.text.generate;

import java.util.random.RandomGenerator;

/** The most probable symbol. */
record Greedy() implements Sampler {

  @Override
  public int pick(float[] logits, RandomGenerator random) {
    return Scores.indexOfMaximum(logits);
  }
}

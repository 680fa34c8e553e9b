package org.charrnn.text.generate;

import java.util.random.RandomGenerator;

/** Draws from {@code softmax(logits / temperature)}, computed in double precision. */
record Temperature(double temperature) implements Sampler {

  Temperature {
    if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) { // written so that NaN fails
      throw new IllegalArgumentException(
          "temperature must be a number of at least 0: " + temperature);
    }
  }

  @Override
  public int pick(float[] logits, RandomGenerator random) {
    double[] probabilities = Scores.softmax(logits, temperature);
    double rest = random.nextDouble();
    int last = 0;
    for (int id = 0; id < probabilities.length; id++) {
      if (probabilities[id] > 0) {
        rest -= probabilities[id];
        last = id;
        if (rest < 0) {
          break;
        }
      }
    }
    return last; // rounding may leave a rest: it belongs to the last symbol that is possible at all
  }
}

package org.charrnn.text.choice;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.charrnn.api.ScoreChooser;
import org.charrnn.api.SeededRandom;
import org.charrnn.text.generation.Sampler;
import org.junit.jupiter.api.Test;

/** A chooser of an accelerator. */
class AcceleratedChoiceTest {

  private static final float[] SCORES = {1, 0.5f, -1, 2};
  private static final int MANY = 1000;

  private static int[] draw(Sampler sampler, Optional<ScoreChooser> faster) {
    TokenChooser chooser = new TokenChooser(SCORES.length, faster);
    SeededRandom random = new SeededRandom(3);
    int[] ids = new int[MANY];
    for (int i = 0; i < MANY; i++) {
      ids[i] = chooser.choose(sampler, SCORES, random);
    }
    return ids;
  }

  /** One random number is drawn for each choice, also for those that the accelerator leaves. */
  @Test
  void undecided_isChosenHere() {
    for (Sampler sampler :
        List.of(Sampler.temperature(1), Sampler.temperature(2).withTopK(2), Sampler.greedy())) {
      assertArrayEquals(
          draw(sampler, Optional.empty()),
          draw(sampler, Optional.of((_, _, _, _, _) -> ScoreChooser.UNDECIDED)));
    }
  }

  @Test
  void parameters_areThoseOfTheSampler() {
    List<String> seen = new ArrayList<>();
    Sampler sampler = Sampler.temperature(0.7).withTopK(3).withTopP(0.5);
    int[] ids =
        draw(
            sampler,
            Optional.of((scores, temperature, topK, topP, chance) -> {
              seen.add(scores.length + " " + temperature + " " + topK + " " + topP);
              return chance < 0.5 ? 1 : 0;
            }));
    SeededRandom random = new SeededRandom(3);
    for (int id : ids) {
      assertEquals(random.nextDouble() < 0.5 ? 1 : 0, id);
    }
    assertEquals(List.of("4 0.7 3 0.5"), seen.stream().distinct().toList());
  }
}

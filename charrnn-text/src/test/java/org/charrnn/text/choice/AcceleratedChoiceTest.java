package org.charrnn.text.choice;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.charrnn.api.ScoreChooser;
import org.charrnn.api.SeededRandom;
import org.charrnn.text.generation.Sampler;
import org.junit.jupiter.api.Test;

class AcceleratedChoiceTest {

  private static final float[] SCORES = {1, 0.5f, -1, 2};
  private static final int MANY = 40_000;

  private static int[] draw(Sampler sampler, Optional<ScoreChooser> faster) {
    TokenChooser chooser = new TokenChooser(SCORES.length, faster);
    SeededRandom random = new SeededRandom(3);
    int[] ids = new int[MANY];
    for (int i = 0; i < MANY; i++) {
      ids[i] = chooser.choose(sampler, SCORES, random);
    }
    return ids;
  }

  @Test
  void accelerator_isAskedLater_thenSometimes_thenAlways() {
    List<Integer> calls = new ArrayList<>(); // the number of each choice that it makes
    int[] number = {0};
    ScoreChooser third = (_, _, _, _, _) -> 3;
    AcceleratedChoice choice =
        new AcceleratedChoice((scores, temperature, topK, topP, chance) -> {
          calls.add(number[0]);
          return third.choose(scores, temperature, topK, topP, chance);
        });
    for (number[0] = 0; number[0] < MANY; number[0]++) {
      boolean asked = choice.choose(Sampler.temperature(1), SCORES, 0.5) == 3;
      assertEquals(asked, !calls.isEmpty() && calls.getLast() == number[0]);
    }
    assertTrue(calls.getFirst() > 8000, calls::toString);
    assertTrue(calls.get(100) - calls.get(99) > 1, "not all at once");
    assertEquals(MANY - 1, calls.getLast());
    assertEquals(MANY - 2, calls.get(calls.size() - 2));
  }

  /** One random number is drawn for each choice, whoever makes it. */
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
              return chance < 1 ? 1 : 0;
            }));
    assertEquals(1, ids[MANY - 1]);
    assertEquals(List.of("4 0.7 3 0.5"), seen.stream().distinct().toList());
  }
}

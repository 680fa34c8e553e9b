package org.charrnn.testkit.cases;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.charrnn.api.Accelerator;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.ScoreChooser;
import org.charrnn.api.SeededRandom;
import org.charrnn.api.Session;

/** Compares the choices of a {@link ScoreChooser} with its definition in double precision. */
public final class ChoiceCase {

  /** The errors of double precision decide a choice that is closer to another one. */
  private static final double ROUNDING = 1e-10;

  private static final List<Integer> COUNTS = List.of(1, 2, 17, 128, 129, 1000, 3001);
  private static final List<Double> TEMPERATURES = List.of(0.0, 1e-4, 0.3, 0.8, 1.0, 5.0, 1e8);
  private static final List<Integer> TOP_K = List.of(1, 2, 40, 97, Integer.MAX_VALUE);
  private static final List<Double> TOP_P = List.of(1e-9, 0.1, 0.9, 0.9999, 1.0);
  private static final List<Double> CHANCES = List.of(0.0, 1e-7, 0.3, 0.7, 0.999_999, 1 - 0x1p-53);

  private final String name;
  private final float[] scores;

  private ChoiceCase(String name, float[] scores) {
    this.name = name;
    this.scores = scores;
  }

  /** Scores of many distributions. */
  public static Stream<ChoiceCase> all() {
    return COUNTS.stream().flatMap(ChoiceCase::ofCount);
  }

  private static Stream<ChoiceCase> ofCount(int count) {
    SeededRandom random = new SeededRandom(count);
    float[] normal = scores(count, _ -> random.nextGaussian());
    return Stream.of(
        new ChoiceCase(count + " normal", normal),
        new ChoiceCase(count + " nearly equal", scores(count, i -> 7 + 1e-3 * normal[i])),
        new ChoiceCase(
            count + " almost the same but one",
            scores(count, i -> i == count / 2 ? 1 : 3e-7 * normal[i])),
        new ChoiceCase(count + " wide", scores(count, i -> -50 + 9 * normal[i])),
        new ChoiceCase(count + " peaked", scores(count, i -> i == count / 2 ? 15 : normal[i])),
        new ChoiceCase(count + " equal", new float[count]),
        new ChoiceCase(count + " few values", scores(count, i -> Math.rint(2 * normal[i]))),
        new ChoiceCase(count + " great", scores(count, i -> 1e30 * normal[i])),
        new ChoiceCase(count + " half forbidden", scores(count, i -> forbidden(i % 2, normal[i]))),
        new ChoiceCase(count + " all but one forbidden", scores(count, i -> forbidden(i, 3))),
        new ChoiceCase(count + " all forbidden", scores(count, _ -> forbidden(1, 0))));
  }

  private static double forbidden(int remainder, double score) {
    return remainder == 0 ? score : Double.NEGATIVE_INFINITY;
  }

  private static float[] scores(int count, IntToDoubleFunction score) {
    float[] scores = new float[count];
    for (int i = 0; i < count; i++) {
      scores[i] = (float) score.applyAsDouble(i);
    }
    return scores;
  }

  /** The number of ids. */
  public int count() {
    return scores.length;
  }

  /** The name of this case. */
  public String name() {
    return name;
  }

  /** The same by the chooser of an accelerator, if it has one. */
  public void check(Accelerator accelerator) {
    try (Session session = accelerator.open(AcceleratorOptions.defaults())) {
      session.chooser(scores.length).ifPresent(this::check);
    }
  }

  /** Makes choices with all combinations of parameters, by a chooser of as many ids. */
  public void check(ScoreChooser chooser) {
    for (double temperature : TEMPERATURES) {
      for (int topK : TOP_K) {
        for (double topP : TOP_P) {
          check(chooser, new Definition(scores, temperature, topK, topP));
        }
      }
    }
  }

  private void check(ScoreChooser chooser, Definition definition) {
    for (double chance : CHANCES) {
      float[] given = scores.clone();
      int id =
          chooser.choose(given, definition.temperature, definition.topK, definition.topP, chance);
      assertArrayEquals(scores, given, "the scores were changed");
      if (id != ScoreChooser.UNDECIDED) { // then the definition must not be in doubt, either
        assertEquals(definition.choice(chance), id, () -> name + ", " + definition + ", " + chance);
      }
    }
  }

  /** What {@link ScoreChooser} specifies. */
  private static final class Definition {

    private final float[] scores;
    private final double temperature;
    private final int topK;
    private final double topP;

    Definition(float[] scores, double temperature, int topK, double topP) {
      this.scores = scores;
      this.temperature = temperature;
      this.topK = topK;
      this.topP = topP;
    }

    /** The id, or {@link ScoreChooser#UNDECIDED} if double precision does not suffice. */
    int choice(double chance) {
      int[] ranked =
          IntStream.range(0, scores.length)
              .filter(id -> scores[id] > Float.NEGATIVE_INFINITY)
              .boxed()
              .sorted(Comparator.comparingDouble(id -> 0.0 - scores[id])) // stable; -0 equals 0
              .mapToInt(id -> id)
              .limit(topK)
              .toArray();
      if (ranked.length == 0) {
        return ScoreChooser.UNDECIDED;
      }
      if (temperature == 0) {
        return ranked[0];
      }
      double best = scores[ranked[0]];
      double mass = topP * Arrays.stream(ranked).mapToDouble(id -> weight(id, best)).sum();
      double sum = 0;
      int kept = 0;
      while (kept < ranked.length && (sum < mass || topP == 1)) {
        sum += weight(ranked[kept++], best);
        if (topP < 1 && Math.abs(sum - mass) < ROUNDING * mass) {
          return ScoreChooser.UNDECIDED;
        }
      }
      int[] ids = Arrays.stream(ranked, 0, kept).sorted().toArray();
      double before = 0;
      for (int id : ids) {
        before += weight(id, best);
        if (Math.abs(before - chance * sum) < ROUNDING * sum) {
          return ScoreChooser.UNDECIDED;
        }
        if (before > chance * sum) {
          return id;
        }
      }
      return ScoreChooser.UNDECIDED;
    }

    private double weight(int id, double best) {
      return Math.exp((scores[id] - best) / temperature);
    }

    @Override
    public String toString() {
      return "temperature " + temperature + ", top-k " + topK + ", top-p " + topP;
    }
  }
}

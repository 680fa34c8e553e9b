package org.charrnn.examples.poem;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.charrnn.text.LanguageModel;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.generation.GenerationRequest;
import org.charrnn.text.generation.Sampler;

/**
 * Writes acrostics: poems whose lines begin with given characters, as in 藏头诗.
 *
 * <p>A model of characters knows nothing of lines and metre but what it has read. Two things make a
 * poem of it: each line is begun for it, and of several continuations the one is taken that is as
 * long as lines usually are. Nothing here is about Chinese; songs, proverbs or rhymes will do, one
 * line of verse in a line of the file.
 */
public final class PoemExample {

  private static final int CANDIDATES = 32; // continuations of a line, written as one batch
  private static final int LONGEST_LINE = 60;

  private final LanguageModel model;
  private final Set<String> knownLines;
  private final int usualLength;

  /**
   * A poet.
   *
   * @param model trained on {@code poems}
   * @param poems the poems: no line of them is written again
   */
  public PoemExample(LanguageModel model, String poems) {
    this.model = model;
    this.knownLines = new HashSet<>(poems.lines().toList());
    this.usualLength = usualLength(poems);
  }

  /** What to train: a small model, for some ten thousand characters of verse. */
  public static TrainingConfig config() {
    return TrainingConfig.builder()
        .model(it -> it.cell("gru").embeddingSize(96).tieWeights(false).hiddenSize(192))
        .optimizer(it ->
            it.name("adam")
                .learningRate(0.004)
                .dropout(0.3)) // poems are few: without it, they would be memorized
        .windows(it -> it.seqLength(32).batchSize(8)) // a line or two
        .run(it -> it.epochs(30).validation(0.1))
        .watch(it -> it.patience(3)) // stop when the held-out poems are no longer predicted better
        .build();
  }

  /** The length that most lines with text have, in characters; of several such, the least. */
  static int usualLength(String poems) {
    Map<Integer, Long> counts =
        poems
            .lines()
            .filter(line -> !line.isBlank())
            .collect(Collectors.groupingBy(PoemExample::length, Collectors.counting()));
    return counts.entrySet().stream()
        .max(
            Map.Entry.<Integer, Long>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
        .map(Map.Entry::getKey)
        .orElse(0);
  }

  /**
   * Writes a poem with a line for each character of {@code heads}, which begins with it.
   *
   * @param seed the same number gives the same poem
   */
  public String acrostic(String heads, long seed) {
    List<String> lines = new ArrayList<>();
    for (String head : heads.codePoints().mapToObj(Character::toString).toList()) {
      lines.add(line(lines, head, seed));
    }
    return String.join("\n", lines);
  }

  /** One line: the model reads the poem so far, and goes on from the character that is given. */
  private String line(List<String> before, String head, long seed) {
    String begin = before.stream().map(line -> line + "\n").collect(Collectors.joining()) + head;
    GenerationRequest request =
        new GenerationRequest(begin, LONGEST_LINE, Sampler.standard(), seed).withStop("\n");
    List<String> candidates = new ArrayList<>();
    model.generateMany(request, CANDIDATES, text -> candidates.add(head + text.continuation()));
    return candidates.stream()
        .min(
            Comparator.<String, Boolean>comparing(knownLines::contains)
                .thenComparingInt(this::distance))
        .orElseThrow();
  }

  private int distance(String line) {
    return Math.abs(length(line) - usualLength);
  }

  private static int length(String line) {
    return line.codePointCount(0, line.length());
  }
}

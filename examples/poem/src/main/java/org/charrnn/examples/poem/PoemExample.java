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
 * Generates acrostics: poems whose lines start with given characters, as in 藏头诗.
 *
 * <p>A character model knows lines and meter only from its corpus. Two rules turn its output into a
 * poem: each line is prompted with its first character, and of several continuations the one whose
 * length is closest to the usual one is selected. None of this is specific to Chinese: songs,
 * proverbs or rhymes work as well, with one line of verse per line of the file.
 */
public final class PoemExample {

  private static final int CANDIDATES = 32; // continuations of a line, generated in one batch
  private static final int LONGEST_LINE = 60;

  private final LanguageModel model;
  private final Set<String> knownLines;
  private final int usualLength;

  /**
   * A generator of poems.
   *
   * @param model a model trained on {@code poems}
   * @param poems the poems; lines that occur in them are avoided
   */
  public PoemExample(LanguageModel model, String poems) {
    this.model = model;
    this.knownLines = new HashSet<>(poems.lines().toList());
    this.usualLength = usualLength(poems);
  }

  /** A small model, for tens of thousands of characters of verse. */
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

  /** The most frequent length of non-blank lines in characters; the smallest of several. */
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
   * Generates a poem with one line for each character of {@code heads}, which starts with it.
   *
   * @param seed the random seed; the same seed produces the same poem
   */
  public String acrostic(String heads, long seed) {
    List<String> lines = new ArrayList<>();
    for (String head : heads.codePoints().mapToObj(Character::toString).toList()) {
      lines.add(line(lines, head, seed));
    }
    return String.join("\n", lines);
  }

  /** One line: the prompt is the poem so far and the first character of the line. */
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

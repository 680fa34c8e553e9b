package org.charrnn.text.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.charrnn.text.evaluation.TextMeasures.Novelty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextMeasuresTest {

  @Test
  void of_byHand() {
    // abcabd: a b c d of 6; ab bc ca bd of 5; abca bcab cabd of 3; "ab" occurs twice
    TextMeasures measures = TextMeasures.of("abcabd");
    assertEquals(new TextMeasures(1, 6, 4 / 6.0, 4 / 5.0, 1, 2, Optional.empty()), measures);
    assertEquals(0, measures.repeated4());
  }

  @Test
  void of_repeats() {
    // 天天向上天天向上: 5 4-grams, the first and the last equal
    TextMeasures measures = TextMeasures.of("天天向上天天向上");
    assertEquals(4, measures.longestRepeat());
    assertEquals(0.2, measures.repeated4(), 1e-15);
    assertEquals(3 / 8.0, measures.distinct1());
  }

  @Test
  void of_repeatsMayOverlap() {
    assertEquals(4, TextMeasures.of("aaaaa").longestRepeat());
    assertEquals(1 / 5.0, TextMeasures.of("aaaaa").distinct1());
    assertEquals(3, TextMeasures.of("ababa").longestRepeat());
  }

  @Test
  void of_empty() {
    TextMeasures nothing = TextMeasures.of("");
    assertEquals(new TextMeasures(1, 0, 1, 1, 1, 0, Optional.empty()), nothing);
    assertEquals(0, nothing.repeated4());
    assertEquals(new Novelty(List.of(0), 0), novelty(List.of(""), "abc"));
  }

  @ParameterizedTest
  @CsvSource({"a, 1, 1", "ab, 1, 2", "aab, 0.6666666666666666, 3"})
  void of_shorterThanAFourGram(String text, double distinct1, long characters) {
    assertEquals(
        new TextMeasures(
            1, characters, distinct1, 1, 1, text.equals("aab") ? 1 : 0, Optional.empty()),
        TextMeasures.of(text));
  }

  @Test
  void of_aPairOfSurrogatesIsOneCharacter() {
    TextMeasures measures = TextMeasures.of("😀😁😀😁");
    assertEquals(4, measures.characters());
    assertEquals(0.5, measures.distinct1());
    assertEquals(2, measures.longestRepeat());
    // 😀 and 😁 begin with the same char, which is no copy of anything
    assertEquals(0, novelty(List.of("😀"), "😁😁").longestCopy());
  }

  @Test
  void of_loneSurrogatesCountAsCharacters() {
    TextMeasures measures = TextMeasures.of("\uD83Da\uD83Da\uDE00");
    assertEquals(5, measures.characters());
    assertEquals(2, measures.longestRepeat());
    assertEquals(2, novelty(List.of("\uD83Da"), "x\uD83Da").longestCopy());
  }

  @Test
  void of_severalSamplesAreComparedWithinEach() {
    TextMeasures measures = TextMeasures.of(List.of("abcd", "abcd", "", "aa"));
    assertEquals(4, measures.samples());
    assertEquals(10, measures.characters());
    assertEquals(9 / 10.0, measures.distinct1());
    assertEquals(7 / 7.0, measures.distinct2());
    assertEquals(1, measures.longestRepeat());
    assertTrue(measures.novelty().isEmpty());
  }

  @Test
  void novelty_byHand() {
    // of the three 8-grams of the sample two are copied
    assertEquals(new Novelty(List.of(9), 2 / 3.0), novelty(List.of("abcdefghiX"), "--abcdefghi--"));
    assertEquals(new Novelty(List.of(7), 0), novelty(List.of("abcdefgXhi"), "abcdefgh"));
    assertEquals(new Novelty(List.of(0), 0), novelty(List.of("春夏秋冬"), "abc"));
    assertEquals(new Novelty(List.of(0), 0), novelty(List.of("春夏秋冬"), ""));
    assertEquals(new Novelty(List.of(10), 1), novelty(List.of("abcdefghij"), "abcdefghij"));
  }

  @Test
  void novelty_spansDoNotCrossSamples() {
    assertEquals(4, novelty(List.of("abcd", "efgh"), "abcdefgh").longestCopy());
  }

  @Test
  void novelty_percentilesAndShares() {
    Novelty novelty = new Novelty(List.of(7, 1, 3, 30, 20), 0);
    assertEquals(List.of(1, 3, 7, 20, 30), novelty.longestCopies());
    assertEquals(1, novelty.longestCopyOf(20));
    assertEquals(3, novelty.longestCopyOf(21));
    assertEquals(7, novelty.longestCopyOf(50));
    assertEquals(30, novelty.longestCopyOf(100));
    assertEquals(0.8, novelty.shareWithin(20));
    assertEquals(0, novelty.shareWithin(0));
    assertThrows(IllegalArgumentException.class, () -> novelty.longestCopyOf(0));
    assertThrows(IllegalArgumentException.class, () -> novelty.longestCopyOf(101));
    assertThrows(IllegalArgumentException.class, () -> new Novelty(List.of(), 0));
  }

  @Test
  void novelty_theSameSampleTwice() {
    assertEquals(
        new Novelty(List.of(8, 8), 1), novelty(List.of("abcdefgh", "abcdefgh"), "xabcdefghx"));
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "19, 19, 19", "20, 19, 20", "100, 95, 100", "101, 96, 101"})
  void novelty_ofNinetyFivePercent(int count, int of95Percent, int longest) {
    String training =
        IntStream.range(0, 200).mapToObj(Character::toString).reduce("", String::concat);
    List<String> samples =
        IntStream.rangeClosed(1, count).mapToObj(n -> training.substring(0, n)).toList();
    Novelty novelty = novelty(samples.reversed(), training);
    assertEquals(of95Percent, novelty.longestCopyOf95Percent());
    assertEquals(longest, novelty.longestCopy());
  }

  @Test
  void each_isWhatOneSampleAloneGives() {
    List<String> samples = List.of("to be or not to be", "", "that is", "the question");
    String training = "whether tis nobler to be or that question";
    List<TextMeasures> each = TextMeasures.each(samples, training.codePoints());
    assertEquals(samples.size(), each.size());
    for (int i = 0; i < samples.size(); i++) {
      assertEquals(TextMeasures.of(samples.subList(i, i + 1), training.codePoints()), each.get(i));
    }
  }

  @Test
  void of_noSample() {
    var refusal = assertThrows(IllegalArgumentException.class, () -> TextMeasures.of(List.of()));
    assertEquals("there must be at least one sample to measure", refusal.getMessage());
  }

  /**
   * Texts over few characters, in which almost everything repeats, against sets and
   * String.contains.
   */
  @ParameterizedTest
  @CsvSource({"1, 30", "2, 12", "2, 200", "3, 60", "26, 300", "3000, 100"})
  void of_randomTextsAgainstPlainCounting(int alphabet, int length) {
    Random random = new Random(alphabet + length);
    for (int round = 0; round < 20; round++) {
      String training = text(random, alphabet, 3 * length);
      List<String> samples = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        int from = random.nextInt(2 * length);
        samples.add(
            text(random, alphabet, random.nextInt(length))
                + training.substring(from, from + length / 3));
      }
      List<TextMeasures> each = TextMeasures.each(samples, training.codePoints());
      for (int i = 0; i < samples.size(); i++) {
        assertEquals(plainly(samples.get(i), training), each.get(i), samples.get(i));
      }
    }
  }

  private static TextMeasures plainly(String sample, String training) {
    int longestRepeat = 0;
    int longestCopy = 0;
    for (int from = 0; from < sample.length(); from++) {
      for (int to = from + 1; to <= sample.length(); to++) {
        String span = sample.substring(from, to);
        longestRepeat =
            sample.indexOf(span, from + 1) < 0 ? longestRepeat : Math.max(longestRepeat, to - from);
        longestCopy = training.contains(span) ? Math.max(longestCopy, to - from) : longestCopy;
      }
    }
    List<String> eights = grams(sample, 8);
    double copied8 =
        eights.isEmpty()
            ? 0
            : eights.stream().filter(training::contains).count() / (double) eights.size();
    return new TextMeasures(
        1,
        sample.length(),
        distinct(sample, 1),
        distinct(sample, 2),
        distinct(sample, 4),
        longestRepeat,
        Optional.of(new Novelty(List.of(longestCopy), copied8)));
  }

  private static double distinct(String text, int n) {
    Set<String> different = new HashSet<>(grams(text, n));
    return different.isEmpty() ? 1 : different.size() / (double) grams(text, n).size();
  }

  private static List<String> grams(String text, int n) {
    return IntStream.rangeClosed(0, text.length() - n)
        .mapToObj(i -> text.substring(i, i + n))
        .toList();
  }

  private static String text(Random random, int alphabet, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append((char) (0x4E00 + random.nextInt(alphabet)));
    }
    return text.toString();
  }

  private static Novelty novelty(List<String> samples, String training) {
    return TextMeasures.of(samples, training.codePoints()).novelty().orElseThrow();
  }
}

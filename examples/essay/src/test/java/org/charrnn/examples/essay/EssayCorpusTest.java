package org.charrnn.examples.essay;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The corpus is large and varied enough for training. */
class EssayCorpusTest {

  private static String corpus = "";

  @BeforeAll
  static void read() throws IOException {
    try (InputStream in = EssayCorpusTest.class.getResourceAsStream("essays.txt")) {
      assertNotNull(in, "no resource essays.txt");
      corpus = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void corpus_isLargeEnough() {
    CorpusFigures figures = CorpusFigures.of(corpus);
    System.out.print(figures);
    assertAll(
        () -> assertTrue(figures.essays() >= 450, figures::toString),
        () -> assertTrue(figures.characters() >= 420_000, figures::toString));
  }

  @Test
  void corpus_hasFewRepetitions() {
    CorpusFigures figures = CorpusFigures.of(corpus);
    assertAll(
        () -> assertTrue(figures.distinct2() >= 0.92, figures::toString),
        () -> assertTrue(figures.shared().size() <= 5, figures::toString));
  }

  @Test
  void corpus_startsWithAnEssay_withoutForeignCharacters() {
    assertTrue(corpus.startsWith("^"));
    assertTrue(corpus.endsWith("\n"));
    assertFalse(corpus.contains("\r"));
    assertFalse(
        corpus.contains("\uFFFD"), "a replacement character: something was decoded wrongly");
  }

  @Test
  void essays_haveATitleAndParagraphs() {
    for (String essay : CorpusFigures.essays(corpus)) {
      List<String> lines = essay.lines().toList();
      assertTrue(lines.size() >= 3, essay);
      assertTrue(
          lines.getFirst().matches("\\^\\S.{0,29}"), () -> "not a title: " + lines.getFirst());
      assertTrue(
          lines.stream().noneMatch(String::isBlank), () -> "a blank line in " + lines.getFirst());
      assertTrue(
          essay.endsWith("\n"), () -> "the next begins in the last line of " + lines.getFirst());
    }
  }

  @Test
  void titles_oftenStartWithThePromptOfTheExample() {
    long count =
        CorpusFigures.essays(corpus).stream().filter(essay -> essay.startsWith("^选")).count();
    assertTrue(count >= 40, () -> "only " + count + " titles begin with 选");
  }

  @Test
  void figures_ofThreeEssays() {
    CorpusFigures figures = CorpusFigures.of("^一\n天地玄黄，宇宙洪荒，日月盈昃。\n^二\n“天地玄黄宇宙洪荒日月盈昃”\n^三\n寒来\n");
    assertEquals(3, figures.essays());
    assertEquals(43, figures.characters());
    assertEquals(List.of(new CorpusFigures.Span("天地玄黄宇宙洪荒日月盈昃", 2)), figures.shared());
    assertEquals(7, figures.mostShared().size());
    assertTrue(figures.toString().contains("天地玄黄宇宙洪荒日月盈昃 (2)"), figures::toString);
  }

  @Test
  void figures_ofAnEmptyCorpus() {
    assertEquals(new CorpusFigures(0, 0, 0, 1, List.of(), List.of()), CorpusFigures.of(""));
  }
}

package org.charrnn.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.charrnn.cli.record.MeasuredSamples;
import org.charrnn.cli.record.MetricsLine;
import org.charrnn.cli.record.Run;
import org.charrnn.cli.record.RunFacts;
import org.charrnn.cli.record.RunHistory;
import org.charrnn.cli.record.Sample;
import org.charrnn.cli.record.Surprisals;
import org.charrnn.text.config.Profile;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.evaluation.Baseline;
import org.charrnn.text.evaluation.Surprisal;
import org.charrnn.text.evaluation.TextMeasures;
import org.charrnn.text.training.Loss;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportPageTest {

  private static final String EVIL = "</script><img src=x onerror=alert(1)>\"'&";
  private static final Set<String> VOID = Set.of("meta", "br", "img", "link", "input");

  private static TrainingConfig config() {
    return Profile.STANDARD.config().toBuilder().sample(it -> it.prompt(EVIL)).build();
  }

  private static RunFacts facts(List<Baseline.NGramLoss> baseline, String note) {
    return new RunFacts(
        EVIL,
        "a.ckpt",
        "java",
        4563,
        954_771,
        945_929,
        105_103,
        1000,
        OptionalDouble.of(4.625),
        2364,
        baseline,
        note,
        Optional.of("1234"));
  }

  private static RunHistory history(int steps) {
    RunHistory history = new RunHistory();
    for (int step = 1; step <= steps; step++) {
      boolean measured = step % 100 == 0;
      history.add(
          new MetricsLine(
              step,
              1 + (step - 1) / 100,
              4 + 4.0 / step,
              OptionalDouble.of(0.002),
              OptionalDouble.of(1 + 100.0 / step),
              20_000,
              measured ? OptionalDouble.of(4.5 + 1.0 / step) : OptionalDouble.empty()));
    }
    return history;
  }

  private static Run full() {
    return new Run(
        EVIL,
        config(),
        facts(
            List.of(
                new Baseline.NGramLoss(1, new Loss(9, 6.26)),
                new Baseline.NGramLoss(2, new Loss(9, 4.70)),
                new Baseline.NGramLoss(3, new Loss(9, 4.69)),
                new Baseline.NGramLoss(4, new Loss(9, 4.80))),
            ""),
        history(300),
        List.of(new Sample(100, 1, EVIL), new Sample(200, 2, "选择\n第二行")),
        List.of(
            MeasuredSamples.of(100, 1, TextMeasures.of(List.of("天天向上天天向上"), "向上天天".codePoints()))),
        Optional.of(
            new Surprisals(
                200,
                List.of(
                    new Surprisal("<", 0.5, List.of(new Surprisal.Expected("\"", 0.5))),
                    new Surprisal("\n", 30, List.of(new Surprisal.Expected("\n", 0.001)))))));
  }

  private static Run empty() {
    return new Run(
        "a.run",
        Profile.SEED.config(),
        facts(List.of(), "no text is held out"),
        history(1),
        List.of(),
        List.of(),
        Optional.empty());
  }

  /** Checks that elements are closed in order. */
  private static void assertWellFormed(String html) {
    String markup = html.replaceAll("(?s)<(script|style)([^>]*)>.*?</\\1>", "<$1$2></$1>");
    Matcher tags =
        Pattern.compile("<(/?)([a-z][a-z0-9]*)((?:[^>\"]|\"[^\"]*\")*?)(/?)>").matcher(markup);
    Deque<String> open = new ArrayDeque<>();
    int count = 0;
    while (tags.find()) {
      count++;
      if (!tags.group(1).isEmpty()) {
        assertEquals(open.pop(), tags.group(2), "at " + markup.substring(0, tags.start()));
      } else if (tags.group(4).isEmpty() && !VOID.contains(tags.group(2))) {
        open.push(tags.group(2));
      }
    }
    assertTrue(open.isEmpty(), open::toString);
    assertTrue(count > 50);
  }

  @Test
  void html_isWellFormed_withAndWithoutEverything() {
    assertWellFormed(new ReportPage(full()).html());
    assertWellFormed(new ReportPage(empty()).html());
  }

  @Test
  void html_escapesText() {
    String html = new ReportPage(full()).html();
    assertFalse(html.contains("<img"), "no element comes from a text");
    assertEquals(2, html.split("</script>", -1).length - 1);
    assertTrue(html.contains("&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;"));
    assertTrue(html.contains("选择\n第二行"));
  }

  @Test
  void html_isSelfContained() {
    String html = new ReportPage(full()).html();
    assertFalse(Pattern.compile("(src|href|action)\\s*=\\s*[\"']").matcher(html).find());
    for (String word : List.of("http:", "https:", "//cdn", "@import", "url(", "fetch(")) {
      assertFalse(html.contains(word), word);
    }
  }

  @Test
  void html_showsTheFigures() {
    String html = new ReportPage(full()).html();
    assertTrue(html.contains("<b>4.503</b>"), "the best loss");
    assertTrue(html.contains("<b>4.625</b>"), "the loss on the test text");
    assertTrue(html.contains("<b>−0.187</b>"), "less than the best n-gram model");
    assertTrue(html.contains("trigram <b>4.690</b>"), "a level in the chart");
    assertFalse(html.contains("4-gram <b>"), "a higher order is drawn only if it is the best");
    assertTrue(
        html.contains("<th scope=\"row\">4-gram</th><td>4.8000</td>"), "but is in the table");
    assertTrue(html.contains("nats per character"), "units");
    assertTrue(html.contains("characters per second"), "units");
    assertTrue(html.contains("title=\"&lt;: 61 %, 0.50 nats. Predicted: &quot; 50 %\""));
    assertTrue(html.contains("class=\"s9\" title=\"↵: 1 in "), "a surprise beyond the scale");
  }

  @Test
  void html_withoutHeldOutText_saysSo() {
    String html = new ReportPage(empty()).html();
    assertTrue(html.contains("no text is held out."));
    assertFalse(html.contains("compared with n-grams"));
  }

  @Test
  void data_isJson_withTheValuesOfThePointer() {
    String html = new ReportPage(full()).html();
    Matcher script =
        Pattern.compile("(?s)<script type=\"application/json\" id=\"data\">(.*?)</script>")
            .matcher(html);
    assertTrue(script.find());
    JsonNode data = JsonMapper.shared().readTree(script.group(1));
    assertEquals(Set.of("loss", "rate", "gradient", "speed"), Set.copyOf(data.propertyNames()));
    JsonNode validation = data.get("loss").get("lines").get(1);
    assertEquals("[100,200,300]", validation.get("x").toString());
    assertEquals("[\"4.510\",\"4.505\",\"4.503\"]", validation.get("y").toString());
  }

  @Test
  void charts_nameTheNumberOfStepsOfAPoint() {
    Run run =
        new Run(
            "a",
            config(),
            facts(List.of(), ""),
            history(5000),
            List.of(),
            List.of(),
            Optional.empty());
    String html = new ReportPage(run).html();
    // 5000 steps are 625 points of 8, smoothed over 6 on either side
    assertTrue(html.contains("training, mean of 104 steps, and the range of single steps"));
    assertTrue(new ReportPage(full()).html().contains("mean of 7 steps"));
  }

  @Test
  void factsAndSurprisals_surviveARoundTrip() throws IOException {
    RunFacts facts = full().facts();
    assertEquals(facts, RunFacts.parse(facts.json()));
    Surprisals surprisals = full().surprisals().orElseThrow();
    assertEquals(surprisals, Surprisals.parse(surprisals.json()));
    MeasuredSamples measures = full().measures().getFirst();
    assertEquals(measures, MeasuredSamples.parse(measures.line()));
    MeasuredSamples alone = MeasuredSamples.of(1, 1, TextMeasures.of("天地玄黄"));
    assertEquals(alone, MeasuredSamples.parse(alone.line()));
  }
}

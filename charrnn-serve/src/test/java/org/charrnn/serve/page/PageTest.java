package org.charrnn.serve.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.charrnn.serve.ServedTinyModel;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.generation.GenerationRequest;
import org.charrnn.text.generation.Sampler;
import org.charrnn.text.scoring.TextScore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.WebElement;

/** The page of a real server, in a real browser. */
@DisplayName("Page: a model")
@ExtendWith(SharedBrowser.class)
class PageTest {

  private static final int LENGTH = 60;

  private static Browser browser;
  private static ServedTinyModel served;

  @BeforeAll
  static void start(Browser shared) {
    browser = shared;
    served = ServedTinyModel.start();
  }

  @AfterAll
  static void stop() {
    if (served != null) {
      served.close();
    }
  }

  @AfterEach
  void noProblems() {
    assertEquals(List.of(), browser.problems());
  }

  private static void write(String prompt, int samples, int seed) {
    browser.open(served.address());
    browser.awaitText("#model-facts", "parameters");
    browser.set("[name=max_tokens]", String.valueOf(LENGTH));
    browser.set("[name=samples]", String.valueOf(samples));
    browser.set("[name=seed]", String.valueOf(seed));
    browser.set("#prompt", prompt);
    browser.click("#start");
    awaitEnd(samples);
  }

  private static void awaitEnd(int samples) {
    browser.await(
        samples + " complete texts",
        () ->
            browser.texts("article .status").stream().filter("Complete"::equals).count()
                == samples);
  }

  /** The text that the model writes with the settings that the page has at first. */
  private static String expected(String prompt, int seed) {
    return served
        .model()
        .generate(
            new GenerationRequest(prompt, LENGTH, Sampler.temperature(0.8).withTopP(0.9), seed));
  }

  // ---- writing

  @Test
  void texts_areThoseOfTheModel_withConsecutiveSeeds() {
    write("选择 ", 3, 5);
    assertEquals(
        List.of(expected("选择 ", 5), expected("选择 ", 6), expected("选择 ", 7)),
        browser.texts("article > .text"));
    assertEquals(List.of("seed 5", "seed 6", "seed 7"), browser.texts("article h3 span"));
  }

  @Test
  void symbols_areColoredByTheirSurprisal() {
    write("the ", 1, 1);
    String text = expected("the ", 1);
    double[] logProbabilities = served.model().score(text).logProbabilities();
    List<WebElement> symbols = browser.all("article .symbols span");
    assertEquals(LENGTH, symbols.size());
    for (int i = 0; i < LENGTH; i++) {
      long nats = (long) Math.floor(-logProbabilities[i + 4]);
      assertTrue(
          symbols.get(i).getDomAttribute("class").matches("s" + Math.min(9, nats) + "( .*)?"),
          "symbol " + i);
    }
  }

  @Test
  void alternatives_areTheMostProbableSymbols_andContinueTheText() {
    write("the ", 1, 2);
    String before = expected("the ", 2).substring(0, 4 + 20);
    browser.all("article .symbols span").get(20).click();
    List<String> offered = browser.texts("#alternatives li button bdi");
    List<String> probable = mostProbable(before);
    assertEquals(probable.stream().map(PageTest::visible).toList(), offered.subList(0, 10));

    WebElement third = browser.all("#alternatives li button").get(2);
    third.click();
    awaitEnd(2);
    String chosen = probable.get(2);
    assertEquals(expected(before + chosen, 3), browser.texts("article > .text").get(1));
    assertEquals(List.of(chosen), browser.texts("article .branch"));
    assertTrue(browser.texts("article h3").get(1).startsWith("Sample 2: from 1 with "));
  }

  /** The ten most probable symbols after a text. */
  private static List<String> mostProbable(String before) {
    Map<String, Double> scores = new HashMap<>();
    for (Vocabulary.Entry entry : served.model().vocabulary().entries()) {
      String symbol = entry.symbol();
      double[] logProbabilities = served.model().score(before + symbol).logProbabilities();
      scores.put(symbol, logProbabilities[logProbabilities.length - 1]);
    }
    return scores.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .limit(10)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static String visible(String symbol) {
    return switch (symbol) {
      case " " -> "␣ space";
      case "\n" -> "↵ line feed";
      default -> symbol;
    };
  }

  @Test
  void alternativesOfABranch_areShownToo() {
    write("the ", 1, 2);
    browser.all("article .symbols span").get(20).click();
    browser.all("#alternatives li button").get(1).click();
    awaitEnd(2);
    for (int place : new int[] {0, 20, 21}) {
      browser.all("article:nth-child(2) .symbols span").get(place).click();
      assertTrue(browser.all("#alternatives li button").size() >= 10, "at " + place);
      browser.click("#alternatives .close");
    }
  }

  @Test
  void linkOfAText_writesItAgain() {
    write("择 生", 2, 31);
    String text = browser.texts("article > .text").get(1);
    String link = browser.all("article a").get(1).getDomProperty("href");
    browser.open(link);
    awaitEnd(1);
    assertEquals(List.of(text), browser.texts("article > .text"));
    assertEquals("32", browser.get("[name=seed]").getDomProperty("value"));
  }

  @Test
  void withoutASeed_eachStartWritesAnotherText() {
    browser.open(served.address());
    browser.awaitText("#model-facts", "parameters");
    browser.set("[name=samples]", "1");
    browser.set("#prompt", "the ");
    browser.click("#start");
    awaitEnd(1);
    String first = browser.texts("article > .text").getFirst();
    browser.click("#start");
    browser.await(
        "another text", () -> !browser.texts("article > .text").getFirst().startsWith(first));
    awaitEnd(1);
    assertNotEquals(first, browser.texts("article > .text").getFirst());
  }

  @Test
  void unknownCharacter_isReported_andCanBeOmitted() {
    browser.open(served.address());
    browser.awaitText("#model-facts", "parameters");
    browser.set("[name=samples]", "1");
    browser.set("#prompt", "the 龘");
    browser.click("#start");
    browser.awaitText("article .problem", "龘");
    browser.set("[name=unknown]", "skip");
    browser.click("#start");
    awaitEnd(1);
  }

  // ---- scoring

  @Test
  void score_isThatOfTheModel_andAlternativesContinueTheText() {
    String text = "the cat 选择\n择选";
    TextScore score = served.model().score(text);
    browser.open(served.address());
    browser.awaitText("#model-facts", "parameters");
    browser.click("#tab-score");
    browser.set("#text", text);
    browser.click("#score-start");
    browser.await("the score", () -> browser.get("#score-result").isDisplayed());
    assertEquals(
        List.of(
            format(3, score.bitsPerCharacter() * Math.log(2)),
            format(3, score.bitsPerCharacter()),
            format(1, score.perplexity()),
            String.valueOf(text.length())),
        browser.texts("#score-result .tiles b"));
    assertEquals(List.of(text), browser.texts("#score-result .symbols"));

    browser.all("#score-result .symbols span").get(3).click();
    browser.all("#alternatives li button").getFirst().click();
    awaitEnd(1);
    assertTrue(browser.get("#view-write").isDisplayed());
    assertTrue(browser.texts("article > .text").getFirst().startsWith("the"));
  }

  private static String format(int digits, double number) {
    return String.format(Locale.ROOT, "%,." + digits + "f", number).replace(",", "\u202f");
  }

  // ---- what the browser may do

  @Test
  void page_loadsNothingFromElsewhere_andMayNot() {
    write("the ", 1, 1);
    List<String> loaded =
        browser.script("return performance.getEntriesByType('resource').map(it => it.name)");
    assertTrue(loaded.size() > 10);
    assertTrue(
        loaded.stream().allMatch(it -> it.startsWith(served.address()) || it.startsWith("data:")),
        loaded::toString);
    String policy =
        browser.asynchronousScript(
            "const done = arguments[arguments.length - 1];"
                + "fetch('./').then(it => done(it.headers.get('Content-Security-Policy')))");
    assertTrue(
        policy.startsWith("default-src 'none'; script-src 'self'; style-src 'self';"), policy);
  }
}

package org.charrnn.serve.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/**
 * The page by keyboard, for screen readers, on a phone, in both languages and both color schemes.
 */
@DisplayName("Page: access")
@ExtendWith(SharedBrowser.class)
class PageAccessTest {

  /** One symbol of each class of surprisal. */
  private static final String[] SYMBOLS = {"a", " ", "\n", "\u3000", "\t", "b", "c", "d", "e", "f"};

  private static Browser browser;
  private ScriptedServer server;

  @BeforeAll
  static void useBrowser(Browser shared) {
    browser = shared;
  }

  @BeforeEach
  void startServer() throws IOException {
    server = new ScriptedServer();
    server.answer("/v1/completions", exchange -> ScriptedServer.complete(exchange, SYMBOLS));
    server.answer("/v1/score", exchange -> ScriptedServer.json(exchange, 200, score()));
  }

  @AfterEach
  void stopServer() {
    server.close();
    browser.width(1280);
    browser.colors("light");
    browser.languages("en");
    assertEquals(List.of(), browser.problems());
  }

  private static Object score() {
    List<Object> symbols =
        Stream.iterate(0, it -> it + 1)
            .limit(SYMBOLS.length)
            .<Object>map(
                it -> Map.of("symbol", SYMBOLS[it], "logprob", -it - 0.5, "top", Map.of("x", -1)))
            .toList();
    return Map.of(
        "data",
        List.of(
            Map.of(
                "index",
                0,
                "nats",
                50,
                "bits_per_character",
                7.2,
                "perplexity",
                148,
                "symbols",
                symbols)));
  }

  private void openPage() {
    browser.open(server.url());
    browser.await("the model", () -> !browser.all("#model option").isEmpty());
  }

  // ---- models that read backward

  @Test
  void backwardModel_scoresOnly() {
    server.answer(
        "/v1/models",
        exchange ->
            ScriptedServer.json(
                exchange,
                200,
                Map.of(
                    "data",
                    List.of(
                        ScriptedServer.model("forward", "forward"),
                        ScriptedServer.model("backward", "backward")))));
    browser.open(server.url() + "#model=backward&prompt=p&seed=1");
    browser.awaitText("#model-facts", "from the last character to the first");
    assertFalse(browser.get("#start").isEnabled());
    browser.type("#prompt", Keys.chord(Keys.CONTROL, Keys.ENTER));
    browser.click("#tab-score");
    browser.set("#text", "text");
    browser.click("#score-start");
    browser.await("a score", () -> browser.get("#score-result").isDisplayed());
    browser.all("#score-result .symbols span").getFirst().click();
    assertFalse(browser.get("#alternatives li:first-child button").isEnabled());
    browser.press(Keys.ENTER); // closes
    assertFalse(browser.get("#alternatives").isDisplayed());
    assertEquals(1, server.bodies().size());
    browser.set("#model", "forward");
    browser.click("#tab-write");
    assertTrue(browser.get("#start").isEnabled());
  }

  // ---- keyboard

  @Test
  void keyboardAlone_writes_movesInTheText_andBranches() {
    openPage();
    browser.tabTo("#prompt");
    browser.press("p", Keys.chord(Keys.CONTROL, Keys.ENTER));
    browser.awaitText("article .status", "Complete");
    browser.tabTo("#samples article:first-child .symbols");
    assertEquals("a: 25\u202f%, 1.39 nats", activeLabel());
    browser.press(Keys.ARROW_RIGHT);
    assertEquals("␣ space: 25\u202f%, 1.39 nats", activeLabel());
    browser.press(Keys.ARROW_DOWN);
    assertEquals("⇥ tab: 25\u202f%, 1.39 nats", activeLabel());
    browser.press(Keys.END);
    assertEquals("f: 25\u202f%, 1.39 nats", activeLabel());
    browser.press(Keys.HOME);
    assertEquals("a: 25\u202f%, 1.39 nats", activeLabel());
    browser.press(Keys.ARROW_RIGHT, Keys.ENTER);
    assertTrue(browser.get("#alternatives").isDisplayed());
    assertEquals("true", browser.focused().getDomAttribute("aria-current"));
    browser.press(Keys.ESCAPE);
    assertFalse(browser.get("#alternatives").isDisplayed());
    assertEquals("listbox", browser.focused().getAriaRole());
    browser.press(Keys.ENTER);
    browser.press(Keys.ARROW_DOWN, Keys.ENTER);
    browser.await("a third text", () -> browser.all("article").size() == 3);
    browser.await("three requests", () -> server.bodies().size() == 3);
    assertEquals("pax", server.bodies().get(2).get("prompt").stringValue());
  }

  private static String activeLabel() {
    return browser.script(
        "return document.getElementById(document.activeElement.getAttribute('aria-activedescendant')).ariaLabel");
  }

  @Test
  void tabs_areChosenByArrowKeys() {
    openPage();
    browser.tabTo("#tab-write");
    browser.press(Keys.ARROW_RIGHT);
    assertTrue(browser.get("#view-score").isDisplayed());
    assertFalse(browser.get("#view-write").isDisplayed());
    assertEquals("true", browser.get("#tab-score").getDomAttribute("aria-selected"));
    browser.press(Keys.ARROW_RIGHT);
    assertTrue(browser.get("#view-write").isDisplayed());
  }

  // ---- screen readers

  @Test
  void everyControl_hasANameOfItsOwn() {
    openPage();
    showEverything();
    List<WebElement> controls =
        browser.script(
            "return [...document.querySelectorAll('button, a, input, select, textarea, article, [role]')]"
                + ".filter(it => it.checkVisibility() && !it.matches('[role=option], [role=status], [role=alert]'))");
    assertTrue(controls.size() > 20);
    for (WebElement control : controls) {
      assertNotEquals("", control.getAccessibleName(), control.getDomProperty("outerHTML"));
    }
    List<String> ids =
        browser.script("return [...document.querySelectorAll('[id]')].map(it => it.id)");
    assertEquals(ids.size(), ids.stream().distinct().count());
  }

  @Test
  void endOfAText_isAnnounced() {
    openPage();
    browser.set("[name=samples]", "1");
    browser.set("#prompt", "p");
    browser.click("#start");
    browser.await(
        "an announcement",
        () -> browser.texts("#announcements").equals(List.of("Sample 1: Complete, 10 characters")));
    assertEquals("polite", browser.get("#announcements").getDomAttribute("aria-live"));
  }

  /** Writes texts, scores one and opens the alternatives. */
  private void showEverything() {
    browser.set("#prompt", "p");
    browser.click("#start");
    browser.await("texts", () -> browser.all("article .status").size() == 2);
    browser.awaitText(
        "article .status",
        browser.get("html").getDomAttribute("lang").equals("en") ? "Complete" : "已写完");
    browser.set("#text", "text");
    browser.script("document.getElementById('score').requestSubmit()");
    browser.await(
        "a score", () -> browser.texts("#score-result .symbols span").size() == SYMBOLS.length);
  }

  // ---- colors

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void everyText_hasContrast(String colors) throws IOException {
    browser.colors(colors);
    openPage();
    showEverything();
    String audit = resource("contrast.js");
    assertEquals(List.of(), browser.<List<String>>script(audit));
    browser.click("#tab-score");
    assertEquals(List.of(), browser.<List<String>>script(audit));
    browser.all("#score-result .symbols span").getFirst().click();
    assertEquals(List.of(), browser.<List<String>>script(audit));
  }

  @Test
  void contrast_isMeasured() throws IOException {
    openPage();
    browser.script("document.querySelector('h1').style.color = 'rgb(140 140 140)'");
    assertEquals(1, browser.<List<String>>script(resource("contrast.js")).size());
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = PageAccessTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void colors_canBeChosen_andAreRemembered() {
    browser.colors("light");
    openPage();
    String light = background();
    browser.set("#theme", "dark");
    String dark = background();
    assertNotEquals(light, dark);
    browser.reload();
    assertEquals(dark, background());
    browser.set("#theme", "auto");
    assertEquals(light, background());
  }

  private static String background() {
    return browser.script("return getComputedStyle(document.body).backgroundColor");
  }

  // ---- screens

  @ParameterizedTest
  @ValueSource(ints = {320, 390, 1280})
  void nothing_isWiderThanTheScreen(int width) {
    browser.width(width);
    openPage();
    browser.script("document.getElementById('settings').open = true");
    showEverything();
    browser.set("#prompt", "long".repeat(100));
    for (String tab : List.of("#tab-write", "#tab-score")) {
      browser.click(tab);
      assertTrue(browser.<Long>script("return document.documentElement.scrollWidth") <= width, tab);
    }
    browser.all("#score-result .symbols span").getFirst().click();
    long right =
        browser
            .<Number>script(
                "return document.getElementById('alternatives').getBoundingClientRect().right")
            .longValue();
    assertTrue(right <= width);
  }

  // ---- languages

  @Test
  void language_isThatOfTheReader_andCanBeChosen() {
    browser.languages("zh-CN,zh");
    openPage();
    assertEquals("开始", browser.get("#start").getText());
    assertEquals("zh-CN", browser.get("html").getDomAttribute("lang"));
    showEverything();
    browser.set("#language", "en");
    assertEquals("Start", browser.get("#start").getText());
    browser.awaitText("article .status", "Complete");
    browser.awaitText("article h3", "Sample 1");
    browser.reload();
    assertEquals("Start", browser.get("#start").getText());
  }

  @Test
  void everyText_existsInBothLanguages_andIsUsed() throws IOException {
    openPage();
    Map<String, List<String>> keys =
        browser.asynchronousScript(
            "const done = arguments[arguments.length - 1];"
                + "import('./page/messages.js').then(({MESSAGES}) => done("
                + "Object.fromEntries(Object.entries(MESSAGES).map(([name, texts]) => [name, Object.keys(texts)]))))");
    assertEquals(keys.get("en"), keys.get("zh"));
    StringBuilder sources =
        new StringBuilder(browser.<String>script("return document.documentElement.outerHTML"));
    for (String file :
        List.of(
            "alternatives",
            "chart",
            "colored",
            "completion",
            "dom",
            "format",
            "page",
            "sample",
            "score",
            "server",
            "training",
            "write")) {
      try (InputStream in =
          PageAccessTest.class.getResourceAsStream("/org/charrnn/serve/page/" + file + ".js")) {
        sources.append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    for (String key : keys.get("en")) {
      assertTrue(
          sources.indexOf("\"" + key + "\"") >= 0, () -> "The text '" + key + "' is not used");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void noText_isMissing(String language) {
    openPage();
    browser.set("#language", language);
    showEverything();
    List<String> empty =
        browser.script(
            "return [...document.querySelectorAll('[data-text]')].map(it => it.dataset.text + '=' + it.textContent)"
                + ".filter(it => it.endsWith('=') || it.includes('undefined'))");
    assertEquals(List.of(), empty);
  }
}

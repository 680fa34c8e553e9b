package org.charrnn.serve.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;
import tools.jackson.databind.JsonNode;

/** The page with servers that refuse, fail, are slow, or disappear. */
@DisplayName("Page: faults of the server")
@ExtendWith(SharedBrowser.class)
class PageFaultsTest {

  private static final String COMPLETIONS = "/v1/completions";

  private static Browser browser;
  private ScriptedServer server;

  @BeforeAll
  static void useBrowser(Browser shared) {
    browser = shared;
  }

  @BeforeEach
  void startServer() throws IOException {
    server = new ScriptedServer();
  }

  @AfterEach
  void stopServer() {
    server.close();
    assertEquals(List.of(), browser.problems());
  }

  private void openPage() {
    browser.open(server.url());
    browser.awaitText("#model-facts", "1\u202f234 parameters");
  }

  private static void write(String prompt, int samples) {
    browser.set("[name=samples]", String.valueOf(samples));
    browser.set("#prompt", prompt);
    browser.click("#start");
  }

  // ---- completions

  @Test
  void explanationOfTheServer_isShown_andTheTextCanBeTriedAgain() {
    AtomicInteger tries = new AtomicInteger();
    server.answer(
        COMPLETIONS,
        exchange -> {
          if (tries.incrementAndGet() == 1) {
            ScriptedServer.error(exchange, 500, "The device has no memory left.");
          } else {
            ScriptedServer.complete(exchange, "a", "b");
          }
        });
    openPage();
    write("p", 1);
    browser.awaitText(
        "article .problem", "The server answered 500: The device has no memory left.");
    browser.awaitText("article .status", "Failed");
    browser.all("article button").stream()
        .filter(button -> button.getText().equals("Try again"))
        .findFirst()
        .orElseThrow()
        .click();
    browser.awaitText("article .status", "Complete");
    assertEquals(List.of("ab"), browser.texts("article .symbols"));
    assertFalse(browser.get("article .problem").isDisplayed());
    assertEquals(server.bodies().get(0), server.bodies().get(1));
  }

  @Test
  void answerThatIsNoJson_isReportedByItsStatus() {
    server.answer(
        COMPLETIONS,
        exchange -> ScriptedServer.send(exchange, 502, "text/html", "<b>proxy</b>".getBytes()));
    openPage();
    write("p", 1);
    browser.awaitText("article .problem", "The server answered 502");
    assertEquals(List.of(), browser.all("article .problem b"));
  }

  @Test
  void busyServer_isAskedAgain_afterTheTimeThatItNames() {
    AtomicInteger tries = new AtomicInteger();
    server.answer(
        COMPLETIONS,
        exchange -> {
          if (tries.incrementAndGet() <= 2) {
            exchange.getResponseHeaders().set("Retry-After", "1");
            ScriptedServer.error(exchange, 429, "The queue is full.");
          } else {
            ScriptedServer.complete(exchange, "a");
          }
        });
    openPage();
    long start = System.nanoTime();
    write("p", 1);
    browser.awaitText("article .status", "Complete");
    assertEquals(3, tries.get());
    assertTrue(System.nanoTime() - start >= 2_000_000_000L);
  }

  @Test
  void stopWhileTheServerIsBusy_asksNoMore() {
    AtomicInteger tries = new AtomicInteger();
    server.answer(
        COMPLETIONS,
        exchange -> {
          tries.incrementAndGet();
          exchange.getResponseHeaders().set("Retry-After", "3600");
          ScriptedServer.error(exchange, 429, "The queue is full.");
        });
    openPage();
    write("p", 1);
    browser.awaitText("article .status", "The server is busy. Next try in 3");
    browser.click("#stop");
    browser.awaitText("article .status", "Stopped");
    assertEquals(1, tries.get());
    assertFalse(browser.get("#stop").isEnabled());
  }

  @Test
  void errorInsideAStream_keepsTheTextSoFar() {
    server.answer(
        COMPLETIONS,
        exchange -> {
          ScriptedServer.Events events = ScriptedServer.events(exchange);
          events.symbols("a", "b");
          events.data(Map.of("error", Map.of("message", "The model diverged.")));
        });
    openPage();
    write("p", 1);
    browser.awaitText("article .problem", "The server reported: The model diverged.");
    assertEquals(List.of("ab"), browser.texts("article .symbols"));
  }

  @Test
  void streamWithoutItsEnd_isNotShownAsComplete() {
    server.answer(COMPLETIONS, exchange -> ScriptedServer.events(exchange).symbols("a", "b", "c"));
    openPage();
    write("p", 1);
    browser.awaitText("article .problem", "The connection was lost after 3 characters.");
    browser.awaitText("article .status", "Failed");
    assertEquals(List.of("abc"), browser.texts("article .symbols"));
  }

  @Test
  void serverThatDisappears_isReportedInEachText() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    server.answer(
        COMPLETIONS,
        exchange -> {
          ScriptedServer.events(exchange).symbols("a");
          await(end);
        });
    openPage();
    write("p", 3);
    browser.await(
        "three texts", () -> browser.texts("article .symbols").equals(List.of("a", "a", "a")));
    server.close();
    browser.await(
        "three problems", () -> browser.all("article .problem:not([hidden])").size() == 3);
    end.countDown();
    write("p", 1);
    browser.awaitText("article .problem", "The server cannot be reached.");
  }

  @Test
  void stop_endsAllTexts_andTellsTheServer() {
    CountDownLatch gone = new CountDownLatch(2);
    server.answer(
        COMPLETIONS,
        exchange -> {
          ScriptedServer.Events events = ScriptedServer.events(exchange);
          try {
            while (true) {
              events.symbols("a");
              Thread.sleep(5);
            }
          } catch (IOException | InterruptedException e) {
            gone.countDown();
          }
        });
    openPage();
    write("p", 2);
    browser.await(
        "texts", () -> browser.texts("article .symbols").stream().allMatch(it -> it.length() > 3));
    browser.click("#stop");
    browser.await(
        "stopped texts",
        () ->
            browser.all("article .status").stream().allMatch(it -> it.getText().equals("Stopped")));
    browser.await("closed connections", () -> gone.getCount() == 0);
  }

  @Test
  void symbolsArrivingInPieces_areReadWhole() {
    server.answer(
        COMPLETIONS,
        exchange -> {
          ScriptedServer.Events events = ScriptedServer.events(exchange);
          events.raw(": a comment\r\n\r\nda");
          events.raw("ta: {\"choices\":[{\"index\":0,\"te");
          events.raw("xt\":\"\uD83D\uDE00\"}]}\r\n\r\n");
          events.end();
        });
    openPage();
    write("p", 1);
    browser.awaitText("article .status", "Complete");
    assertEquals(List.of("\uD83D\uDE00"), browser.texts("article .symbols span"));
  }

  // ---- texts and names from elsewhere are text

  @Test
  void markupInTextsAndNames_isShownAsText() {
    String evil = "<img src=x onerror=\"document.title='evil'\">";
    server.answer(
        "/v1/models", exchange -> ScriptedServer.json(exchange, 200, ScriptedServer.models(evil)));
    server.answer(
        COMPLETIONS,
        exchange -> ScriptedServer.complete(exchange, evil, "constructor", "__proto__"));
    openPage();
    write(evil, 1);
    browser.awaitText("article .status", "Complete");
    assertEquals(List.of(evil, "constructor", "__proto__"), browser.texts("article .symbols span"));
    for (int i = 0; i < 3; i++) {
      browser.all("article .symbols span").get(i).click();
      assertTrue(browser.get("#alternatives").isDisplayed());
      browser.click("#alternatives .close");
    }
    assertEquals(List.of(), browser.all("img"));
    assertEquals("charrnn", browser.title());
    assertEquals(evil, browser.get("#model").getDomProperty("value"));
  }

  // ---- models and keys

  @Test
  void serverWithoutModels_saysSo_andIsAskedAgain() {
    server.answer(
        "/v1/models", exchange -> ScriptedServer.json(exchange, 200, ScriptedServer.models()));
    browser.open(server.url());
    browser.awaitText("#model-problem", "This server has no model yet.");
    assertFalse(browser.get("#start").isEnabled());
    server.answer(
        "/v1/models",
        exchange -> ScriptedServer.json(exchange, 200, ScriptedServer.models("late")));
    browser.click("#model-problem button");
    browser.await("the model", () -> browser.get("#model").getDomProperty("value").equals("late"));
    assertTrue(browser.get("#start").isEnabled());
    assertFalse(browser.get("#model-problem").isDisplayed());
  }

  @Test
  void key_isAskedForOnce_andKeptInTheTab() {
    requireKey(
        "/v1/models",
        exchange -> ScriptedServer.json(exchange, 200, ScriptedServer.models("tiny")));
    requireKey(COMPLETIONS, exchange -> ScriptedServer.complete(exchange, "a"));
    browser.open(server.url());
    browser.awaitText("#key", "This server requires an API key");
    browser.press("wrong", Keys.ENTER);
    browser.awaitText("#key", "The server rejected the key.");
    browser.press("right", Keys.ENTER);
    browser.awaitText("#model-facts", "gru");
    browser.script("sessionStorage.clear()");
    write("p", 4);
    browser.await("the question", () -> browser.get("#key").isDisplayed());
    browser.press("right", Keys.ENTER);
    browser.await(
        "four texts", () -> browser.texts("article .symbols").equals(List.of("a", "a", "a", "a")));
    assertFalse(browser.get("#key").isDisplayed());
    assertEquals("right", browser.<String>script("return sessionStorage.getItem('charrnn.key')"));
    assertEquals(0L, browser.<Long>script("return localStorage.length"));
  }

  @Test
  void keyThatIsNotGiven_isReported() {
    requireKey(
        "/v1/models",
        exchange -> ScriptedServer.json(exchange, 200, ScriptedServer.models("tiny")));
    browser.open(server.url());
    browser.click("#key .close");
    browser.awaitText("#model-problem", "Without an API key the server does not answer.");
    assertFalse(browser.get("#key").isDisplayed());
  }

  private void requireKey(String path, com.sun.net.httpserver.HttpHandler answer) {
    server.answer(
        path,
        exchange -> {
          if ("Bearer right".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer.handle(exchange);
          } else {
            ScriptedServer.error(exchange, 401, "The key is missing or wrong.");
          }
        });
  }

  // ---- requests

  @Test
  void request_hasTheSettings_withoutThoseThatHaveNoEffect() {
    server.answer(COMPLETIONS, exchange -> ScriptedServer.complete(exchange, "a"));
    openPage();
    browser.set("[name=temperature]", "1.2");
    browser.set("[name=top_p]", "0.5");
    browser.set("[name=top_k]", "7");
    browser.set("[name=repetition_penalty]", "1.5");
    browser.set("[name=max_tokens]", "30");
    browser.set("[name=seed]", "41");
    browser.set("[name=unknown]", "skip");
    write("two\nlines ", 1);
    browser.awaitText("article .status", "Complete");
    browser.set("[name=temperature]", "0");
    assertFalse(browser.get("[name=top_p]").isEnabled());
    write("p", 1);
    browser.await("two requests", () -> server.bodies().size() == 2);
    JsonNode all = server.bodies().get(0);
    assertEquals("two\nlines ", all.get("prompt").stringValue());
    assertEquals(1.2, all.get("temperature").doubleValue());
    assertEquals(0.5, all.get("top_p").doubleValue());
    assertEquals(7, all.get("top_k").intValue());
    assertEquals(1.5, all.get("repetition_penalty").doubleValue());
    assertEquals(30, all.get("max_tokens").intValue());
    assertEquals(41, all.get("seed").intValue());
    assertEquals("skip", all.get("unknown").stringValue());
    JsonNode greedy = server.bodies().get(1);
    assertFalse(greedy.has("top_p") || greedy.has("top_k"));
  }

  @Test
  void linkWithWrongValues_namesThem_andWritesNothing() {
    browser.open(server.url() + "#temperature=9&seed=x&unknown=maybe&banana=red&prompt=p");
    browser.awaitText("#write-problem", "temperature, seed, unknown, banana");
    browser.open(server.url() + "#model=other&seed=3");
    browser.awaitText(
        "#write-problem", "The link names the model “other”, which this server does not have.");
    assertEquals(List.of(), server.bodies());
    assertTrue(browser.problems().stream().allMatch(it -> it.contains("cannot be parsed")));
  }

  // ---- a training

  @Test
  void training_isFollowed_alsoAfterALostConnection() {
    AtomicInteger loads = new AtomicInteger();
    CountDownLatch lost = new CountDownLatch(1);
    server.answer(
        "/training",
        exchange -> {
          if (loads.incrementAndGet() == 1) {
            ScriptedServer.json(exchange, 200, training("running", 20));
          } else {
            await(lost);
            ScriptedServer.json(exchange, 200, training("ended", 60));
          }
        });
    server.answer(
        "/training/events",
        exchange -> {
          ScriptedServer.Events events = ScriptedServer.events(exchange);
          events.named(
              "step", Map.of("step", 40, "epoch", 2, "nats", 2.5, "characters_per_second", 1000));
          events.named("validation", Map.of("step", 40, "nats", 2.75));
          events.named("sample", Map.of("step", 40, "epoch", 2, "text", "<b>new</b>"));
        });
    openPage();
    browser.click("#tab-training");
    browser.awaitText("#view-training", "2.750");
    browser.awaitText("#training-samples article", "<b>new</b>");
    browser.awaitText("#training-state", "The connection to the training was lost.");
    lost.countDown();
    browser.awaitText("#training-state", "The training has ended.");
    assertEquals(2, browser.all("#training-chart .line").size());
  }

  private static Object training(String state, int step) {
    return Map.of(
        "state",
        state,
        "step",
        step,
        "epoch",
        1,
        "epochs",
        3,
        "characters_per_second",
        900,
        "losses",
        List.of(Map.of("step", 1, "nats", 4), Map.of("step", 20, "nats", 3)),
        "validations",
        List.of(Map.of("step", 20, "nats", 3.25)),
        "samples",
        List.of());
  }

  @Test
  void trainingWithoutAModelYet_isShown_andItsModelWhenThereIsOne() {
    server.answer(
        "/v1/models", exchange -> ScriptedServer.json(exchange, 200, ScriptedServer.models()));
    server.answer(
        "/training", exchange -> ScriptedServer.json(exchange, 200, training("ended", 20)));
    browser.open(server.url());
    browser.await("the view", () -> browser.get("#tab-training").isDisplayed());
    browser.click("#tab-training");
    browser.awaitText("#view-training", "minimum 3.250 at step 20");
    server.answer(
        "/v1/models",
        exchange -> ScriptedServer.json(exchange, 200, ScriptedServer.models("late")));
    browser.awaitText("#model-facts", "gru");
  }

  @Test
  void lossesThatAreNotFinite_areOmitted() {
    server.answer(
        "/training",
        exchange ->
            ScriptedServer.json(
                exchange,
                200,
                Map.of(
                    "state",
                    "ended",
                    "step",
                    2,
                    "epoch",
                    1,
                    "losses",
                    List.of(Map.of("step", 1, "nats", 4), Map.of("step", 2, "nats", "NaN")),
                    "validations",
                    List.of(Map.of("step", 2, "nats", "Infinity")),
                    "samples",
                    List.of())));
    openPage();
    browser.click("#tab-training");
    browser.awaitText("#view-training .tiles", "4.000");
    assertEquals(1, browser.all("#training-chart .line").size());
  }

  @Test
  void serverWithoutTraining_hasNoViewOfIt() {
    openPage();
    browser.await(
        "the answer of /training",
        () ->
            browser.<Boolean>script(
                "return performance.getEntriesByType('resource').some(it => it.name.endsWith('/training'))"));
    assertFalse(browser.get("#tab-training").isDisplayed());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

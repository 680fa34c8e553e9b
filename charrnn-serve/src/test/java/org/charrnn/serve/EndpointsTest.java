package org.charrnn.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.charrnn.text.generation.GenerationRequest;
import org.charrnn.text.generation.Prompt;
import org.charrnn.text.scoring.ScoringOptions;
import org.charrnn.text.scoring.TextScore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Every endpoint says what the model says. */
class EndpointsTest {

  private static ServedTinyModel served;

  @BeforeAll
  static void start() {
    served = ServedTinyModel.start();
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  /** The request that EleutherAI's lm-evaluation-harness sends for a log-likelihood. */
  @Test
  void harness_readsLogLikelihoods() throws Exception {
    String text = "the cat sat on";
    int[] ids = served.model().encode(Prompt.of(text)).ids();
    JsonNode answer =
        served.complete(
            "{\"model\": \"tiny\", \"prompt\": ["
                + ids(ids)
                + ", "
                + ids(ids)
                + "], \"temperature\": 0, \"max_tokens\": 1, \"logprobs\": 1, \"seed\": 1234, \"echo\": true}");
    TextScore score = served.model().score(text.substring(1), after("t"));
    for (JsonNode choice : answer.get("choices")) {
      JsonNode own = choice.at("/logprobs/token_logprobs");
      JsonNode top = choice.at("/logprobs/top_logprobs");
      assertEquals(ids.length + 1, own.size());
      assertTrue(own.get(0).isNull());
      double sum = 0;
      for (int i = 1; i < ids.length; i++) {
        String token = choice.at("/logprobs/tokens").get(i).stringValue();
        assertEquals(own.get(i).doubleValue(), top.get(i).get(token).doubleValue());
        sum += own.get(i).doubleValue();
      }
      assertEquals(score.logProbability(), sum, 1e-5);
      assertEquals(text.length(), choice.at("/logprobs/text_offset").get(ids.length).intValue());
    }
  }

  private static ScoringOptions after(String text) {
    return ScoringOptions.standard().after(text);
  }

  private static List<Integer> ids(int[] ids) {
    List<Integer> list = new ArrayList<>();
    for (int id : ids) {
      list.add(id);
    }
    return list;
  }

  @Test
  void score_isThatOfTheModel() throws Exception {
    HttpResponse<String> response =
        served.post("v1/score", "{\"texts\": [\"the cat\", \"选择\"], \"top\": 2}");
    JsonNode data = ServedTinyModel.json(response.body()).get("data");
    for (int i = 0; i < 2; i++) {
      TextScore score = served.model().score(List.of("the cat", "选择").get(i));
      assertEquals(score.nats(), data.get(i).get("nats").doubleValue());
      double[] own =
          data.get(i)
              .get("symbols")
              .valueStream()
              .flatMapToDouble(symbol -> DoubleStream.of(symbol.get("logprob").doubleValue()))
              .toArray();
      assertArrayEquals(score.logProbabilities(), own);
      assertTrue(data.get(i).at("/symbols/1/top").size() >= 2);
    }
  }

  @Test
  void tokenize_andBack() throws Exception {
    String tokens = served.post("tokenize", "{\"content\": \"the 选择\"}").body();
    int[] ids = served.model().encode(Prompt.of("the 选择")).ids();
    assertEquals(ids.length, ServedTinyModel.json(tokens).get("tokens").size());
    assertEquals(
        "the 选择",
        ServedTinyModel.json(served.post("detokenize", tokens).body())
            .get("content")
            .stringValue());
    assertEquals(400, served.post("detokenize", "{\"tokens\": [-1]}").statusCode());
    assertEquals(400, served.post("tokenize", "{\"content\": \"択\"}").statusCode());
  }

  @Test
  void session_continuesTheText() throws Exception {
    JsonNode first =
        served.complete(
            "{\"prompt\": \"the cat\", \"max_tokens\": 5, \"temperature\": 0, \"session\": true}");
    String session = first.at("/choices/0/session").stringValue();
    JsonNode second =
        served.complete(
            "{\"max_tokens\": 5, \"temperature\": 0, \"session\": \"" + session + "\"}");
    assertEquals(
        served.model().generate(GenerationRequest.greedy("the cat", 10)),
        "the cat"
            + first.at("/choices/0/text").stringValue()
            + second.at("/choices/0/text").stringValue());
    String changed = (session.charAt(0) == 'A' ? "B" : "A") + session.substring(1);
    HttpResponse<String> refused =
        served.post("v1/completions", "{\"session\": \"" + changed + "\"}");
    assertEquals(400, refused.statusCode());
    assertEquals("session", ServedTinyModel.json(refused.body()).at("/error/param").stringValue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "[\"the\", \"\"]", "\"\\ufeff\""})
  void embeddings_ofNoSymbols_areRefused(String input) throws Exception {
    HttpResponse<String> refused = served.post("v1/embeddings", "{\"input\": " + input + "}");
    assertEquals(400, refused.statusCode());
    assertEquals("input", ServedTinyModel.json(refused.body()).at("/error/param").stringValue());
  }

  @Test
  void sessionsOfSeveralChoices_readThePromptOnce() throws Exception {
    String prompt = "mat. the cat sat on the";
    String request =
        "{\"prompt\": \""
            + prompt
            + "\", \"n\": 8, \"max_tokens\": 3, \"seed\": 4, \"session\": %s}";
    long before = served.model().usage().rowSteps();
    JsonNode plain = served.complete(String.format(Locale.ROOT, request, false));
    long between = served.model().usage().rowSteps();
    JsonNode withSessions = served.complete(String.format(Locale.ROOT, request, true));
    long more = served.model().usage().rowSteps() - between - (between - before);
    assertTrue(more <= prompt.length() + 8 * 3, "steps for the sessions: " + more);
    for (int i = 0; i < 8; i++) {
      String text = plain.at("/choices/" + i + "/text").stringValue();
      JsonNode choice = withSessions.at("/choices/" + i);
      assertEquals(text, choice.at("/text").stringValue());
      JsonNode continued =
          served.complete(
              "{\"max_tokens\": 5, \"temperature\": 0, \"session\": "
                  + choice.at("/session")
                  + "}");
      assertEquals(
          served.model().generate(GenerationRequest.greedy(prompt + text, 5)),
          prompt + text + continued.at("/choices/0/text").stringValue());
    }
  }

  @Test
  void longPrompts_areReadOnce() throws Exception {
    String prompt = "the cat sat on the mat. ".repeat(3);
    String body = "{\"prompt\": \"%s\", \"max_tokens\": 6, \"seed\": 4}";
    JsonNode first = served.complete(String.format(Locale.ROOT, body, prompt));
    JsonNode again = served.complete(String.format(Locale.ROOT, body, prompt));
    JsonNode longer = served.complete(String.format(Locale.ROOT, body, prompt + "the"));
    assertEquals(0, first.at("/usage/prompt_tokens_details/cached_tokens").intValue());
    assertEquals(
        prompt.length(), again.at("/usage/prompt_tokens_details/cached_tokens").intValue());
    assertEquals(
        prompt.length(), longer.at("/usage/prompt_tokens_details/cached_tokens").intValue());
    assertEquals(first.at("/choices/0/text"), again.at("/choices/0/text"));
    assertEquals(
        served.model().generate(GenerationRequest.sampled(prompt + "the", 6, 1, 4)),
        prompt + "the" + longer.at("/choices/0/text").stringValue());
  }

  @Test
  void bias_forbidsSymbols() throws Exception {
    int e = served.model().encode(Prompt.of("e")).ids()[0];
    String text =
        served
            .complete(
                "{\"prompt\": \"the \", \"max_tokens\": 60, \"seed\": 1, \"logit_bias\": {\""
                    + e
                    + "\": -100}}")
            .at("/choices/0/text")
            .stringValue();
    assertFalse(text.contains("e"), text);
  }

  @Test
  void bestOf_returnsTheMostProbableOnes() throws Exception {
    JsonNode answer =
        served.complete(
            "{\"prompt\": \"the \", \"max_tokens\": 8, \"seed\": 1, \"n\": 2, \"best_of\": 6, \"logprobs\": 0}");
    assertEquals(2, answer.get("choices").size());
    assertTrue(mean(answer.at("/choices/0")) >= mean(answer.at("/choices/1")));
    assertEquals(48, answer.at("/usage/completion_tokens").intValue());
  }

  private static double mean(JsonNode choice) {
    return choice
        .at("/logprobs/token_logprobs")
        .valueStream()
        .mapToDouble(JsonNode::doubleValue)
        .average()
        .orElseThrow();
  }

  @Test
  void metrics_countRequestsAndSymbols() throws Exception {
    served.complete("{\"prompt\": \"the \", \"max_tokens\": 8}");
    String metrics = served.get("metrics").body();
    assertTrue(metrics.contains("charrnn_symbols_total{kind=\"generated\"}"), metrics);
    assertTrue(metrics.contains("endpoint=\"/v1/completions\""), metrics);
    assertFalse(metrics.contains("endpoint=\"/nope\""), metrics);
    for (String saturation :
        List.of(
            "charrnn_queue_seconds_bucket",
            "charrnn_queue_length 0",
            "charrnn_batch_rows{model=\"tiny\"} 0",
            "charrnn_characters_per_second{model=\"tiny\"}",
            "charrnn_steps_total{model=\"tiny\"}",
            "charrnn_row_steps_total{model=\"tiny\"}",
            "charrnn_busy_seconds_total{model=\"tiny\"}")) {
      assertTrue(metrics.contains(saturation), () -> saturation + " is missing:\n" + metrics);
    }
  }

  @Test
  void unknownPaths_areAnsweredAsErrors() throws Exception {
    assertEquals(404, served.get("nope").statusCode());
    assertEquals(404, served.get("page/../../../module-info.class").statusCode());
    assertEquals(404, served.get("v1/models/none").statusCode());
  }

  @Test
  void otherMethods_areRejected_withThoseThatThePathAccepts() throws Exception {
    JsonNode paths = ServedTinyModel.json(served.get("openapi.json").body()).get("paths");
    for (String path : paths.propertyNames()) {
      String address = path.substring(1).replace("{id}", ServedTinyModel.ID);
      boolean posted = paths.get(path).has("post");
      for (String method : List.of(posted ? "GET" : "POST", "PUT", "DELETE")) {
        HttpResponse<String> rejected = served.ask(method, address);
        assertEquals(405, rejected.statusCode(), path);
        assertEquals(
            posted ? "POST" : "GET, HEAD", rejected.headers().firstValue("Allow").orElseThrow());
        assertTrue(rejected.body().contains("does not accept " + method), rejected::body);
      }
    }
  }

  @Test
  void head_isAnsweredAsGet_withoutTheBody() throws Exception {
    for (String path :
        List.of("livez", "v1/models", "openapi.json", "", "nope", "v1/models/none", "metrics")) {
      HttpResponse<String> head = served.ask("HEAD", path);
      HttpResponse<String> get = served.get(path); // on the same connection
      assertEquals(get.statusCode(), head.statusCode(), path);
      assertEquals("", head.body(), path);
      assertEquals(
          get.headers().firstValue("Content-Type"), head.headers().firstValue("Content-Type"));
      if (!path.equals("metrics")) { // whose length changes
        assertEquals(get.body().getBytes(StandardCharsets.UTF_8).length, length(head), path);
      }
    }
    assertEquals(405, served.ask("HEAD", "v1/completions").statusCode());
    assertEquals(200, served.get("livez").statusCode());
  }

  private static long length(HttpResponse<String> response) {
    return response.headers().firstValueAsLong("Content-Length").orElseThrow();
  }

  @Test
  void openapi_describesTheEndpointsAndFieldsThatThereAre() throws Exception {
    JsonNode description = ServedTinyModel.json(served.get("openapi.json").body());
    for (String path : description.get("paths").propertyNames()) {
      boolean posted = description.get("paths").get(path).has("post");
      String address = path.substring(1).replace("{id}", ServedTinyModel.ID);
      int status = (posted ? served.post(address, "[]") : served.get(address)).statusCode();
      assertEquals(posted ? 400 : 200, status, path);
    }
    String message = served.post("v1/completions", "{\"x\": 1}").body();
    for (String field :
        description.at("/components/schemas/CompletionRequest/properties").propertyNames()) {
      assertTrue(message.contains(field), field);
    }
  }

  @Test
  void otherOrigins_areRefusedUnlessAllowed() throws Exception {
    try (ServedTinyModel open =
        ServedTinyModel.start(options -> options.withOrigins(Set.of("https://a.example")))) {
      HttpResponse<String> allowed =
          open.client()
              .send(
                  open.request("v1/completions")
                      .header("Origin", "https://a.example")
                      .method("OPTIONS", BodyPublishers.noBody())
                      .build(),
                  BodyHandlers.ofString());
      assertEquals(204, allowed.statusCode());
      assertEquals(
          "https://a.example",
          allowed.headers().firstValue("Access-Control-Allow-Origin").orElseThrow());
      HttpResponse<String> other =
          open.client()
              .send(
                  open.request("v1/models").header("Origin", "https://b.example").build(),
                  BodyHandlers.ofString());
      assertTrue(other.headers().firstValue("Access-Control-Allow-Origin").isEmpty());
    }
  }
}

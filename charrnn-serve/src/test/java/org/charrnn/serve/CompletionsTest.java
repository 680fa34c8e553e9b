package org.charrnn.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import org.charrnn.text.generation.GenerationRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Completions are the texts that the model generates, and wrong requests are answered as such. */
class CompletionsTest {

  private static ServedTinyModel served;

  @BeforeAll
  static void start() {
    served = ServedTinyModel.start();
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  @Test
  void completion_isTheTextOfTheModel() throws Exception {
    String expected = served.model().generate(GenerationRequest.sampled("the ", 30, 0.8, 7));
    JsonNode answer =
        served.complete(
            "{\"prompt\": \"the \", \"max_tokens\": 30, \"temperature\": 0.8, \"seed\": 7,"
                + " \"echo\": true}");
    assertEquals(expected, answer.at("/choices/0/text").stringValue());
    assertEquals("length", answer.at("/choices/0/finish_reason").stringValue());
    assertEquals(4, answer.at("/usage/prompt_tokens").intValue());
    assertEquals(30, answer.at("/usage/completion_tokens").intValue());
  }

  @Test
  void stream_hasTheSymbolsOfTheSameText() throws Exception {
    String whole =
        served
            .complete("{\"prompt\": \"the \", \"max_tokens\": 12, \"seed\": 3}")
            .at("/choices/0/text")
            .stringValue();
    List<String> events =
        events("{\"prompt\": \"the \", \"max_tokens\": 12, \"seed\": 3, \"stream\": true}");
    assertEquals("[DONE]", events.getLast());
    StringBuilder text = new StringBuilder();
    for (String event : events.subList(0, events.size() - 1)) {
      text.append(ServedTinyModel.json(event).at("/choices/0/text").stringValue());
    }
    assertEquals(whole, text.toString());
  }

  @Test
  void choices_haveConsecutiveSeeds() throws Exception {
    JsonNode answer =
        served.complete("{\"prompt\": \"the \", \"max_tokens\": 9, \"seed\": 5, \"n\": 3}");
    for (int i = 0; i < 3; i++) {
      String alone = served.model().generate(GenerationRequest.sampled("the ", 9, 1, 5 + i));
      assertEquals(alone, "the " + answer.at("/choices/" + i + "/text").stringValue());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void choices_readAShortPromptOnce(boolean stream) throws Exception {
    try (ServedTinyModel own = ServedTinyModel.start()) {
      HttpResponse<String> response =
          own.post(
              "v1/completions",
              String.format(
                  Locale.ROOT,
                  "{\"prompt\": \"the cat\", \"max_tokens\": 9, \"seed\": 5, \"n\": 4, \"stream\":"
                      + " %s}",
                  stream));
      assertEquals(200, response.statusCode());
      assertEquals("the cat".length() - 1 + 4 * 9, own.model().usage().rowSteps());
    }
  }

  /** The same completions as one by one, and the prompt is scored once for all of them. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void echo_ofSeveralCompletions_scoresThePromptOnce(boolean stream) throws Exception {
    try (ServedTinyModel own = ServedTinyModel.start()) {
      String prompt = "the cat sat on the mat. ".repeat(50);
      String request =
          String.format(
              Locale.ROOT,
              "{\"prompt\": \"%s\", \"max_tokens\": 2, \"n\": 8, \"echo\": true, \"logprobs\": 1,"
                  + " \"seed\": 1, \"stream\": %s}",
              prompt,
              stream);
      HttpResponse<String> response = own.post("v1/completions", request);
      assertEquals(200, response.statusCode());
      assertTrue(
          own.model().usage().rowSteps() < 2L * prompt.length(), () -> "" + own.model().usage());
      if (!stream) {
        JsonNode choices = ServedTinyModel.json(response.body()).get("choices");
        for (JsonNode choice : choices) {
          assertEquals(prompt.length() + 2, choice.at("/logprobs/tokens").size());
          for (int i = 1; i < prompt.length(); i++) {
            assertEquals(
                choices.get(0).at("/logprobs/token_logprobs/" + i),
                choice.at("/logprobs/token_logprobs/" + i));
          }
        }
      }
    }
  }

  @Test
  void backwardModel_writesBeforeThePrompt_andRefusesWhatGoesForward() throws Exception {
    try (ServedTinyModel backward = ServedTinyModel.backward()) {
      String expected = backward.model().generate(GenerationRequest.greedy(" mat", 9));
      String request = "{\"prompt\": \" mat\", \"max_tokens\": 9, \"temperature\": 0%s}";
      JsonNode answer = backward.complete(String.format(Locale.ROOT, request, ""));
      assertEquals(expected, answer.at("/choices/0/text").stringValue() + " mat");
      for (String field : List.of("stream", "echo", "session", "logprobs")) {
        String value = field.equals("logprobs") ? "2" : "true";
        HttpResponse<String> refused =
            backward.post(
                "v1/completions",
                String.format(Locale.ROOT, request, ", \"" + field + "\": " + value));
        assertEquals(400, refused.statusCode(), field);
        assertEquals(field, ServedTinyModel.json(refused.body()).at("/error/param").stringValue());
        assertTrue(refused.body().contains("from right to left"), refused.body());
      }
    }
  }

  /** The prompt that is read first is the end of the second one, not its beginning. */
  @Test
  void backwardModel_continuesPromptsThatHaveTheSameEnd() throws Exception {
    try (ServedTinyModel backward = ServedTinyModel.backward()) {
      String known = " sat on the mat. the cat sat on the mat";
      for (String prompt : List.of(known, known + ". the", "the cat" + known)) {
        String expected = backward.model().generate(GenerationRequest.greedy(prompt, 9));
        JsonNode answer =
            backward.complete(
                String.format(
                    Locale.ROOT,
                    "{\"prompt\": \"%s\", \"max_tokens\": 9, \"temperature\": 0}",
                    prompt));
        assertEquals(expected, answer.at("/choices/0/text").stringValue() + prompt);
        assertEquals(
            prompt.startsWith("the") ? known.length() : 0,
            answer.at("/usage/prompt_tokens_details/cached_tokens").intValue());
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          {,                                  400, null
          [1],                                400, null
          {"prompt": 3},                      400, prompt
          {"prompt": []},                     400, prompt
          {"prompt": "择択"},                   400, prompt
          {"prompt": [99999]},                400, prompt
          {"max_tokens": 1e9},                400, max_tokens
          {"max_tokens": -1},                 400, max_tokens
          {"max_tokens": 1.5},                400, max_tokens
          {"max_tokens": "9"},                400, max_tokens
          {"temperature": -0.1},              400, temperature
          {"temperature": "hot"},             400, temperature
          {"temperature": NaN},               400, null
          {"top_p": 2},                       400, top_p
          {"n": 0},                           400, n
          {"n": 100000},                      400, n
          {"stop": ""},                       400, stop
          {"presence_penalty": 1},            400, presence_penalty
          {"suffix": "x"},                    400, suffix
          {"stream_options": {}},             400, stream_options
          {"unknown": "x"},                   400, unknown
          {"maxtokens": 1},                   400, maxtokens
          {"model": "other"},                 404, model
          {"seed": 1e300},                    400, seed
          """)
  void wrongRequests_areAnsweredWithTheFieldThatIsWrong(String body, int status, String field)
      throws IOException, InterruptedException {
    HttpResponse<String> response = served.post("v1/completions", body);
    assertEquals(status, response.statusCode(), response.body());
    JsonNode error = ServedTinyModel.json(response.body()).get("error");
    assertEquals(field, error.get("param").asString("null"), response.body());
    assertTrue(error.get("message").stringValue().endsWith("."), response.body());
  }

  private static List<String> events(String body) throws IOException, InterruptedException {
    return served
        .post("v1/completions", body)
        .body()
        .lines()
        .filter(line -> line.startsWith("data:"))
        .map(line -> line.substring(5).strip())
        .toList();
  }
}

package org.charrnn.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.completions.Completion;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import dev.langchain4j.model.StreamingResponseHandler;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiLanguageModel;
import dev.langchain4j.model.openai.OpenAiStreamingLanguageModel;
import dev.langchain4j.model.output.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.charrnn.text.generation.GeneratedSymbol;
import org.charrnn.text.generation.GenerationRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients that people use understand the server: openai-java and LangChain4j. */
class ClientsTest {

  private static final String KEY = "secret";

  private static ServedTinyModel served;
  private static OpenAIClient openai;

  @BeforeAll
  static void start() {
    served = ServedTinyModel.start(options -> options.withKeys(List.of("other", KEY)));
    openai = OpenAIOkHttpClient.builder().apiKey(KEY).baseUrl(served.address() + "v1").build();
  }

  @AfterAll
  static void stop() {
    openai.close();
    served.close();
  }

  private static CompletionCreateParams.Builder request() {
    return CompletionCreateParams.builder()
        .model(ServedTinyModel.ID)
        .prompt("the ")
        .maxTokens(20)
        .temperature(0.7)
        .seed(11);
  }

  private static String expected() {
    return served.model().generate(GenerationRequest.sampled("the ", 20, 0.7, 11)).substring(4);
  }

  @Test
  void openaiJava_completesAndReadsLogProbabilities() {
    Completion completion = openai.completions().create(request().logprobs(3).echo(false).build());
    assertEquals(expected(), completion.choices().getFirst().text());
    var logprobs = completion.choices().getFirst().logprobs().orElseThrow();
    List<Double> own = logprobs.tokenLogprobs().orElseThrow();
    assertEquals(20, own.size());
    List<GeneratedSymbol> symbols =
        served.model().stream(GenerationRequest.sampled("the ", 20, 0.7, 11).withLogProbabilities())
            .toList();
    assertEquals(symbols.stream().map(it -> it.logProbability().orElseThrow()).toList(), own);
    assertEquals(20, logprobs.topLogprobs().orElseThrow().size());
    assertEquals(20, completion.usage().orElseThrow().completionTokens());
  }

  @Test
  void openaiJava_streams() {
    try (StreamResponse<Completion> response =
        openai.completions().createStreaming(request().build())) {
      String text =
          response.stream()
              .flatMap(completion -> completion.choices().stream())
              .map(choice -> choice.text())
              .collect(Collectors.joining());
      assertEquals(expected(), text);
    }
  }

  @Test
  void openaiJava_embedsAndListsModels() {
    var answer =
        openai
            .embeddings()
            .create(
                EmbeddingCreateParams.builder()
                    .model(ServedTinyModel.ID)
                    .inputOfArrayOfStrings(List.of("the cat", "a mat"))
                    .encodingFormat(EmbeddingCreateParams.EncodingFormat.FLOAT)
                    .build());
    assertEquals(2, answer.data().size());
    float[] mean = served.model().embed("the cat").mean();
    assertEquals(mean.length, answer.data().getFirst().embedding().size());
    assertEquals(mean[0], answer.data().getFirst().embedding().getFirst());
    assertEquals(ServedTinyModel.ID, openai.models().list().data().getFirst().id());
  }

  @Test
  void langChain4j_completes() {
    String text =
        OpenAiLanguageModel.builder()
            .baseUrl(served.address() + "v1")
            .apiKey(KEY)
            .modelName(ServedTinyModel.ID)
            .temperature(0.0)
            .timeout(Duration.ofSeconds(30))
            .maxRetries(0)
            .build()
            .generate("the ")
            .content();
    assertEquals(served.model().generate(GenerationRequest.greedy("the ", 16)), "the " + text);
  }

  @Test
  void langChain4j_streams() throws Exception {
    CompletableFuture<String> whole = new CompletableFuture<>();
    StringBuilder parts = new StringBuilder();
    OpenAiStreamingLanguageModel.builder()
        .baseUrl(served.address() + "v1")
        .apiKey(KEY)
        .modelName(ServedTinyModel.ID)
        .temperature(0.0)
        .timeout(Duration.ofSeconds(30))
        .build()
        .generate(
            "the ",
            new StreamingResponseHandler<String>() {
              @Override
              public void onNext(String part) {
                parts.append(part);
              }

              @Override
              public void onComplete(Response<String> response) {
                whole.complete(response.content());
              }

              @Override
              public void onError(Throwable error) {
                whole.completeExceptionally(error);
              }
            });
    String text = whole.get(30, TimeUnit.SECONDS);
    assertEquals(served.model().generate(GenerationRequest.greedy("the ", 16)), "the " + text);
    assertEquals(text, parts.toString());
  }

  @Test
  void langChain4j_embeds() {
    var embedding =
        OpenAiEmbeddingModel.builder()
            .baseUrl(served.address() + "v1")
            .apiKey(KEY)
            .modelName(ServedTinyModel.ID)
            .maxRetries(0)
            .build()
            .embed("the cat")
            .content();
    assertEquals(served.model().embed("the cat").mean().length, embedding.dimension());
  }

  @Test
  void withoutAKey_onlyThePageAndTheProbesAnswer() throws Exception {
    assertEquals(401, served.post("v1/completions", "{}").statusCode());
    assertEquals(401, served.get("v1/models").statusCode());
    assertEquals(401, served.get("metrics").statusCode());
    assertEquals(200, served.get("").statusCode());
    assertEquals(200, served.get("livez").statusCode());
    assertTrue(served.get("v1/models").body().contains("Authorization: Bearer"));
  }
}

package org.charrnn.serve.openai;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import org.charrnn.api.CharRnnException;
import org.charrnn.serve.http.Admission;
import org.charrnn.serve.http.ApiError;
import org.charrnn.serve.http.ApiException;
import org.charrnn.serve.http.Fields;
import org.charrnn.serve.http.Json;
import org.charrnn.serve.models.LoadedModel;
import org.charrnn.serve.models.ServedModel;
import org.charrnn.serve.models.ServedModels;
import org.charrnn.serve.options.Limits;
import org.charrnn.text.scoring.Embeddings;
import org.charrnn.text.scoring.ScoringOptions;
import org.charrnn.text.scoring.TextScore;

/**
 * The endpoints that read texts: {@code /v1/score}, {@code /v1/embeddings}, {@code /tokenize} and
 * {@code /detokenize}.
 */
public final class Texts {

  private static final int MAX_TEXTS = 10_000;
  private static final int MAX_TOP = 20;

  private final ServedModels models;
  private final Limits limits;
  private final Admission admission;

  /** Reads texts with these models. */
  public Texts(ServedModels models, Limits limits, Admission admission) {
    this.models = models;
    this.limits = limits;
    this.admission = admission;
  }

  // ---- scores

  /** {@code POST /v1/score}: how probable texts are, symbol by symbol. */
  public void score(ServerRequest request, ServerResponse response) {
    Fields fields = Json.read(request, limits.maxBody());
    fields.refuseOthers(Set.of("model", "texts", "top", "unknown_price"));
    List<String> texts = texts(fields, "texts");
    int top = fields.integer("top", 0, MAX_TOP).orElse(0);
    OptionalDouble price = fields.number("unknown_price", 0, Double.MAX_VALUE);
    ScoringOptions options =
        price.isPresent()
            ? ScoringOptions.standard().withUnknownPrice(price.getAsDouble())
            : ScoringOptions.standard();
    Json.send(
        request,
        response,
        compute(
            fields,
            "texts",
            loaded -> {
              List<TextScore> scores = loaded.model().scoreAll(texts.stream(), options).toList();
              List<Object> data = new ArrayList<>();
              for (TextScore score : scores) {
                data.add(body(data.size(), score, top, loaded));
              }
              return list(data, loaded);
            }));
  }

  private static Map<String, Object> body(int index, TextScore score, int top, LoadedModel loaded) {
    List<Map<String, Double>> alternatives =
        top > 0 ? Alternatives.of(loaded, score, top) : List.of();
    double[] logProbabilities = score.logProbabilities();
    List<Object> symbols = new ArrayList<>();
    for (int i = 0; i < logProbabilities.length; i++) {
      Map<String, Object> symbol = new LinkedHashMap<>();
      symbol.put("symbol", score.symbols().get(i));
      symbol.put("logprob", logProbabilities[i]);
      if (top > 0) {
        symbol.put("top", alternatives.get(i));
      }
      symbols.add(symbol);
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("index", index);
    body.put("nats", score.nats());
    body.put("bits_per_character", score.bitsPerCharacter());
    body.put("perplexity", score.perplexity());
    body.put("unknown", score.unknown());
    body.put("symbols", symbols);
    return body;
  }

  // ---- embeddings

  /** {@code POST /v1/embeddings}: a vector for each text, the mean of those of its symbols. */
  public void embeddings(ServerRequest request, ServerResponse response) {
    Fields fields = Json.read(request, limits.maxBody());
    fields.refuseOthers(Set.of("model", "input", "encoding_format", "dimensions", "user"));
    fields
        .string("encoding_format")
        .filter(format -> !format.equals("float"))
        .ifPresent(_ -> {
          throw ApiException.field("encoding_format", "'encoding_format' must be float.");
        });
    List<String> texts = texts(fields, "input");
    Json.send(
        request,
        response,
        compute(
            fields,
            "input",
            loaded -> {
              List<Object> data = new ArrayList<>();
              int read = 0;
              for (String text : texts) {
                Embeddings embeddings = loaded.model().embed(text);
                if (embeddings.size() == 0) {
                  throw ApiException.field("input", "'input' must not contain an empty text.");
                }
                read += embeddings.size();
                Map<String, Object> body = new LinkedHashMap<>();
                body.put("object", "embedding");
                body.put("index", data.size());
                body.put("embedding", embeddings.mean());
                data.add(body);
              }
              Map<String, Object> answer = list(data, loaded);
              answer.put("usage", Map.of("prompt_tokens", read, "total_tokens", read));
              return answer;
            }));
  }

  // ---- symbols

  /** {@code POST /tokenize}: the ids of a text, as llama.cpp's server gives them. */
  public void tokenize(ServerRequest request, ServerResponse response) {
    Fields fields = Json.read(request, limits.maxBody());
    fields.refuseOthers(Set.of("model", "content"));
    String text = fields.string("content").orElse("");
    Json.send(
        request,
        response,
        compute(
            fields,
            "content",
            loaded -> Map.of("tokens", text.isEmpty() ? new int[0] : loaded.ids(text))));
  }

  /** {@code POST /detokenize}: the text of ids. */
  public void detokenize(ServerRequest request, ServerResponse response) {
    Fields fields = Json.read(request, limits.maxBody());
    fields.refuseOthers(Set.of("model", "tokens"));
    int[] ids = fields.integers("tokens", limits.maxPrompt());
    Json.send(
        request,
        response,
        compute(
            fields, "tokens", loaded -> Map.of("content", loaded.prompt("tokens", ids).text())));
  }

  // ---- what they share

  private List<String> texts(Fields fields, String name) {
    List<String> texts = fields.strings(name, MAX_TEXTS);
    if (texts.isEmpty()) {
      throw ApiException.field(name, "'" + name + "' is missing: a string or a list of strings.");
    }
    long length = texts.stream().mapToLong(String::length).sum();
    if (length > limits.maxPrompt()) {
      throw new ApiException(
          ApiError.tooLarge(
                  String.format(
                      Locale.ROOT,
                      "The texts have %,d characters; this server accepts at most %,d in a request.",
                      length,
                      limits.maxPrompt()))
              .withField(name));
    }
    return texts;
  }

  private Object compute(Fields fields, String texts, Function<LoadedModel, Object> answer) {
    ServedModel served = models.get(fields.string("model"));
    try (Admission.Permit _ = admission.enter();
        ServedModel.Lease lease = served.acquire()) {
      return answer.apply(lease.loaded());
    } catch (CharRnnException e) {
      throw ApiException.field(texts, String.valueOf(e.getMessage()));
    }
  }

  private static Map<String, Object> list(List<Object> data, LoadedModel loaded) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("object", "list");
    body.put("model", loaded.id());
    body.put("data", data);
    return body;
  }
}

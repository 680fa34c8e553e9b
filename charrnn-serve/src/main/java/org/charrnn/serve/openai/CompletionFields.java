package org.charrnn.serve.openai;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.charrnn.serve.http.ApiError;
import org.charrnn.serve.http.ApiException;
import org.charrnn.serve.http.Fields;
import org.charrnn.serve.openai.CompletionRequest.PromptField;
import org.charrnn.serve.openai.CompletionRequest.SessionField;
import org.charrnn.serve.options.Limits;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.generation.BeamSearch;
import org.charrnn.text.generation.Decoding;
import org.charrnn.text.generation.Prompt;
import org.charrnn.text.generation.Sampler;
import tools.jackson.databind.JsonNode;

/** Reads a {@link CompletionRequest} from the fields of a body, all of which it checks. */
final class CompletionFields {

  private static final int DEFAULT_MAX_TOKENS = 16;
  private static final int MAX_LOGPROBS = 20;
  private static final int MAX_STOPS = 4;
  private static final double MAX_BIAS = 100;
  private static final double MAX_TEMPERATURE = 100;

  private static final Set<String> KNOWN =
      Set.of(
          "model",
          "prompt",
          "max_tokens",
          "temperature",
          "top_p",
          "n",
          "best_of",
          "stop",
          "stream",
          "stream_options",
          "logprobs",
          "echo",
          "seed",
          "logit_bias",
          "presence_penalty",
          "frequency_penalty",
          "suffix",
          "user",
          "top_k",
          "repetition_penalty",
          "no_repeat_ngram_size",
          "beam_width",
          "length_penalty",
          "unknown",
          "session");

  private final Fields fields;
  private final Limits limits;

  private CompletionFields(Fields fields, Limits limits) {
    this.fields = fields;
    this.limits = limits;
  }

  /**
   * Reads a request.
   *
   * @throws ApiException if a field is unknown or has a wrong value
   */
  static CompletionRequest read(Fields fields, Limits limits) {
    fields.refuseOthers(KNOWN);
    return new CompletionFields(fields, limits).read();
  }

  private CompletionRequest read() {
    fields.requireNeutral("presence_penalty", 0);
    fields.requireNeutral("frequency_penalty", 0);
    fields
        .string("suffix")
        .filter(suffix -> !suffix.isEmpty())
        .ifPresent(_ -> {
          throw ApiException.field("suffix", "'suffix' is not supported: omit it.");
        });
    boolean stream = fields.flag("stream");
    List<PromptField> prompts = prompts();
    int n = fields.integer("n", 1, limits.completions()).orElse(1);
    int bestOf = bestOf(n, stream);
    if (prompts.size() * bestOf > limits.completions()) {
      throw ApiException.field(
          "n",
          String.format(
              Locale.ROOT,
              "The request is for %d completions in all; this server computes at most %d at once.",
              prompts.size() * bestOf,
              limits.completions()));
    }
    return new CompletionRequest(
        fields.string("model"),
        prompts,
        fields.integer("max_tokens", 0, limits.maxTokens()).orElse(DEFAULT_MAX_TOKENS),
        decoding(),
        n,
        bestOf,
        stops(),
        bias(),
        fields.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE),
        fields.integer("logprobs", 0, MAX_LOGPROBS),
        fields.flag("echo"),
        stream,
        includeUsage(stream),
        fields.string("unknown").map(CompletionFields::unknown).orElse(Prompt.UnknownSymbols.ERROR),
        session());
  }

  private SessionField session() {
    Optional<JsonNode> found = fields.find("session");
    if (found.isPresent() && found.get().isString()) {
      if (fields.flag("echo")) {
        throw ApiException.field(
            "echo", "'echo' has no effect with a session, whose text is not known.");
      }
      return new SessionField(true, fields.string("session"));
    }
    return new SessionField(fields.flag("session"), Optional.empty());
  }

  private int bestOf(int n, boolean stream) {
    int bestOf = fields.integer("best_of", n, limits.completions()).orElse(n);
    if (stream && bestOf > n) {
      throw ApiException.field(
          "best_of",
          "'best_of' cannot be greater than 'n' in a stream, which sends every symbol at once.");
    }
    return bestOf;
  }

  private boolean includeUsage(boolean stream) {
    Optional<JsonNode> options = fields.find("stream_options");
    if (options.isEmpty()) {
      return false;
    }
    if (!stream) {
      throw ApiException.field("stream_options", "'stream_options' needs \"stream\": true.");
    }
    Fields inner = Fields.of("stream_options", options.get());
    return inner.flag("include_usage");
  }

  // ---- prompts

  private List<PromptField> prompts() {
    Optional<JsonNode> found = fields.find("prompt");
    if (found.isEmpty()) {
      return List.of(new PromptField.Text(""));
    }
    JsonNode value = found.get();
    List<PromptField> prompts = new ArrayList<>();
    if (value.isArray() && !value.isEmpty() && !value.get(0).isNumber()) {
      value.forEach(element -> prompts.add(prompt(element)));
    } else {
      prompts.add(prompt(value));
    }
    return prompts;
  }

  private PromptField prompt(JsonNode value) {
    if (value.isString()) {
      String text = value.stringValue();
      requireLength(text.codePointCount(0, text.length()));
      return new PromptField.Text(text);
    }
    if (!value.isArray() || value.isEmpty()) {
      throw Fields.wrong(
          "prompt", value, "a string, a list of strings, a list of ids, or a list of lists of ids");
    }
    requireLength(value.size());
    List<Integer> ids = new ArrayList<>(value.size());
    for (JsonNode id : value) {
      ids.add((int) Fields.integer("prompt", id, 0, Integer.MAX_VALUE));
    }
    return new PromptField.Ids(List.copyOf(ids));
  }

  private void requireLength(int length) {
    if (length > limits.maxPrompt()) {
      throw new ApiException(
          ApiError.tooLarge(
                  String.format(
                      Locale.ROOT,
                      "A prompt has %,d symbols; this server accepts at most %,d.",
                      length,
                      limits.maxPrompt()))
              .withField("prompt"));
    }
  }

  // ---- decoding

  private Decoding decoding() {
    Decoding.Repetition repetition =
        new Decoding.Repetition(
            fields.number("repetition_penalty", 1, MAX_BIAS).orElse(1),
            fields.integer("no_repeat_ngram_size", 0, limits.maxTokens()).orElse(0));
    int width = fields.integer("beam_width", 1, limits.completions()).orElse(0);
    if (width > 0) {
      refuseWithBeam("temperature");
      refuseWithBeam("top_p");
      refuseWithBeam("top_k");
      return new BeamSearch(
          width, fields.number("length_penalty", 0, MAX_BIAS).orElse(0), repetition);
    }
    if (fields.find("length_penalty").isPresent()) {
      throw ApiException.field("length_penalty", "'length_penalty' needs 'beam_width'.");
    }
    double temperature = fields.number("temperature", 0, MAX_TEMPERATURE).orElse(1);
    if (temperature == 0) {
      return Sampler.greedy().withRepetition(repetition); // whatever the filters are
    }
    return Sampler.temperature(temperature)
        .withTopK(topK())
        .withTopP(topP())
        .withRepetition(repetition);
  }

  /** As in llama.cpp and vLLM, 0 and -1 keep every symbol. */
  private int topK() {
    int k = fields.integer("top_k", -1, Integer.MAX_VALUE).orElse(0);
    return k <= 0 ? Sampler.ALL : k;
  }

  private double topP() {
    double p = fields.number("top_p", 0, 1).orElse(1);
    return p == 0 ? Double.MIN_VALUE : p; // as OpenAI, 0 keeps the most probable symbol
  }

  private void refuseWithBeam(String name) {
    if (fields.find(name).isPresent()) {
      throw ApiException.field(
          name,
          String.format(Locale.ROOT, "'%s' has no effect with 'beam_width': omit one.", name));
    }
  }

  private List<String> stops() {
    List<String> stops = fields.strings("stop", MAX_STOPS);
    if (stops.contains("")) {
      throw ApiException.field("stop", "'stop' has an empty string, before which every text ends.");
    }
    return stops;
  }

  private Map<Integer, Double> bias() {
    Optional<JsonNode> found = fields.find("logit_bias");
    if (found.isEmpty()) {
      return Map.of();
    }
    JsonNode value = found.get();
    if (!value.isObject()) {
      throw Fields.wrong("logit_bias", value, "an object of numbers by id, such as {\"17\": -100}");
    }
    Map<Integer, Double> bias = new LinkedHashMap<>();
    for (String name : value.propertyNames()) {
      bias.put(id(name), Fields.number("logit_bias", value.get(name), -MAX_BIAS, MAX_BIAS));
    }
    return bias;
  }

  private static int id(String name) {
    try {
      return Integer.parseUnsignedInt(name);
    } catch (NumberFormatException e) {
      throw ApiException.field(
          "logit_bias", "'logit_bias' has the name '" + name + "', which is no id of a symbol.");
    }
  }

  private static Prompt.UnknownSymbols unknown(String name) {
    try {
      return Prompt.UnknownSymbols.named(name);
    } catch (InvalidOptionException e) {
      throw ApiException.field("unknown", "'unknown' must be error, skip or similar.");
    }
  }
}

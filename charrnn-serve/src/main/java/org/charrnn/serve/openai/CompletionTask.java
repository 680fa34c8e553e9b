package org.charrnn.serve.openai;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.charrnn.api.CharRnnException;
import org.charrnn.serve.http.ApiException;
import org.charrnn.serve.metrics.Metrics;
import org.charrnn.serve.models.LoadedModel;
import org.charrnn.serve.session.Sessions;
import org.charrnn.text.evaluation.Surprisal;
import org.charrnn.text.generation.GeneratedSymbol;
import org.charrnn.text.generation.GeneratedText;
import org.charrnn.text.generation.GenerationRequest;
import org.charrnn.text.generation.Prompt;
import org.charrnn.text.scoring.State;
import org.jspecify.annotations.Nullable;

/**
 * One request for completions on one model. The completions of a prompt have consecutive seeds, so
 * that each can be generated again by itself.
 *
 * <p><b>Thread safety.</b> Any number of threads.
 */
final class CompletionTask {

  private final CompletionRequest request;
  private final LoadedModel loaded;
  private final long seed;
  private final String id = "cmpl-" + UUID.randomUUID();
  private final long created = Instant.now().getEpochSecond();
  private final List<PromptText> prompts;
  private final Sessions sessions;
  private final Duration timeLimit;
  private final Metrics metrics;
  private final List<Once<LogProbs>> promptLogProbs;
  private final List<Once<State>> promptStates;
  private final long start = System.nanoTime();

  /**
   * A task.
   *
   * @param prompts those of the request, as the model reads them
   * @param sessions makes the states that are returned
   * @param seed that of the first completion of each prompt
   * @param timeLimit the time after which a completion ends
   * @param metrics counts its symbols
   */
  CompletionTask(
      CompletionRequest request,
      LoadedModel loaded,
      List<PromptText> prompts,
      Sessions sessions,
      long seed,
      Duration timeLimit,
      Metrics metrics) {
    this.request = request;
    this.loaded = loaded;
    this.prompts = List.copyOf(prompts);
    this.sessions = sessions;
    this.seed = seed;
    this.timeLimit = timeLimit;
    this.metrics = metrics;
    this.promptLogProbs =
        this.prompts.stream().map(prompt -> new Once<>(() -> logProbs(prompt))).toList();
    this.promptStates =
        this.prompts.stream().map(prompt -> new Once<>(() -> state(prompt))).toList();
  }

  CompletionRequest request() {
    return request;
  }

  /** The number of completions to return. */
  int choices() {
    return prompts.size() * request.n();
  }

  // ---- generation

  private GenerationRequest generation(int prompt, int number) {
    GenerationRequest generation =
        new GenerationRequest(
                prompts.get(prompt).prompt(),
                request.maxTokens(),
                request.decoding(),
                seed + number)
            .withBias(bias())
            .withTimeLimit(timeLimit);
    for (String stop : request.stops()) {
      generation = generation.withStop(stop);
    }
    if (request.logprobs().isPresent()) {
      generation = generation.withAlternatives(request.logprobs().getAsInt());
    }
    return request.logprobs().isPresent() || request.bestOf() > request.n()
        ? generation.withLogProbabilities()
        : generation;
  }

  /** As in OpenAI's API, -100 forbids a symbol. */
  private Map<String, Double> bias() {
    Map<String, Double> bias = new LinkedHashMap<>();
    request
        .bias()
        .forEach((symbol, value) ->
            bias.put(
                loaded.symbol("logit_bias", symbol),
                value == -100 ? Double.NEGATIVE_INFINITY : value));
    return bias;
  }

  /**
   * Generates the completion with this index.
   *
   * @param parts receives its symbols, on the calling thread
   */
  GeneratedText generate(int index, Consumer<List<GeneratedSymbol>> parts) {
    GenerationRequest generation = generation(index / request.n(), index % request.n());
    return orInvalid(() -> loaded.model().generateInParts(generation, parts));
  }

  private GeneratedText generate(int prompt, int number) {
    List<GeneratedText> texts = new ArrayList<>();
    return orInvalid(() -> {
      loaded.model().generateMany(generation(prompt, number), 1, texts::add);
      return texts.getFirst();
    });
  }

  private static GeneratedText orInvalid(Supplier<GeneratedText> generation) {
    try {
      return generation.get();
    } catch (CharRnnException e) {
      throw ApiException.invalid(String.valueOf(e.getMessage()));
    }
  }

  // ---- answers

  /** The whole answer. */
  Map<String, @Nullable Object> answer() {
    List<Callable<GeneratedText>> tasks = new ArrayList<>();
    for (int prompt = 0; prompt < prompts.size(); prompt++) {
      for (int number = 0; number < request.bestOf(); number++) {
        int p = prompt;
        int n = number;
        tasks.add(() -> generate(p, n));
      }
    }
    List<GeneratedText> texts = Concurrently.all(tasks);
    List<Object> choices = new ArrayList<>();
    int generated = 0;
    for (int prompt = 0; prompt < prompts.size(); prompt++) {
      List<GeneratedText> candidates =
          texts.subList(prompt * request.bestOf(), (prompt + 1) * request.bestOf());
      for (GeneratedText text : best(candidates)) {
        choices.add(choice(choices.size(), prompt, text).body());
      }
      generated += candidates.stream().mapToInt(text -> text.symbols().size()).sum();
    }
    Map<String, @Nullable Object> answer = envelope(choices);
    answer.put("usage", usage(generated));
    return answer;
  }

  /** The most probable ones, by the mean of their log-probabilities, as OpenAI's API defines it. */
  private List<GeneratedText> best(List<GeneratedText> candidates) {
    if (candidates.size() == request.n()) {
      return candidates;
    }
    return candidates.stream()
        .sorted(Comparator.comparingDouble(CompletionTask::meanLogProbability).reversed())
        .limit(request.n())
        .toList();
  }

  private static double meanLogProbability(GeneratedText text) {
    return text.symbols().stream()
        .mapToDouble(symbol -> symbol.logProbability().orElse(0))
        .average()
        .orElse(0);
  }

  private Choice choice(int index, int prompt, GeneratedText text) {
    Optional<LogProbs> logprobs = Optional.empty();
    if (request.logprobs().isPresent()) {
      LogProbs all = request.echo() ? promptLogProbs.get(prompt).get().copy() : new LogProbs(0);
      text.symbols().forEach(symbol -> add(all, symbol));
      logprobs = Optional.of(all);
    }
    return new Choice(
        index,
        request.echo() ? prompts.get(prompt).text() + text.continuation() : text.continuation(),
        logprobs,
        Optional.of(finishReason(text)),
        session(index, text));
  }

  /** If requested, the state after a completion. */
  Optional<String> session(int index, GeneratedText text) {
    if (!request.session().returned()) {
      return Optional.empty();
    }
    State state = promptStates.get(index / request.n()).get();
    return Optional.of(sessions.seal(state.read(text.continuation())));
  }

  private State state(PromptText prompt) {
    return prompt.prompt() instanceof Prompt.Continued(State known)
        ? known
        : loaded.model().start(prompt.text());
  }

  /** The prompt itself, as the first part of a stream; empty unless it is to be returned. */
  Optional<Choice> echo(int index) {
    if (!request.echo()) {
      return Optional.empty();
    }
    int prompt = index / request.n();
    return Optional.of(
        new Choice(
            index,
            prompts.get(prompt).text(),
            request.logprobs().isPresent()
                ? Optional.of(promptLogProbs.get(prompt).get())
                : Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  /** The position in the text of a choice at which its completion begins. */
  int offset(int index) {
    return request.echo() ? prompts.get(index / request.n()).characters() : 0;
  }

  /** Adds a symbol with its alternatives, among which it is itself. */
  void add(LogProbs logprobs, GeneratedSymbol symbol) {
    Map<String, Double> top = new LinkedHashMap<>();
    symbol.alternatives().forEach(it -> top.put(it.symbol(), it.logProbability()));
    symbol.logProbability().ifPresent(it -> top.put(symbol.symbol(), it));
    logprobs.add(symbol.symbol(), symbol.logProbability(), top);
  }

  private LogProbs logProbs(PromptText prompt) {
    List<String> symbols = prompt.symbols();
    LogProbs logprobs = new LogProbs(0);
    logprobs.add(symbols.getFirst(), OptionalDouble.empty(), Map.of());
    if (symbols.size() > 1) {
      List<Surprisal> surprisals =
          loaded
              .model()
              .surprisals(
                  symbols.getFirst(),
                  loaded.join(symbols.subList(1, symbols.size())),
                  request.logprobs().orElse(0));
      for (Surprisal surprisal : surprisals) {
        double own = -surprisal.nats();
        logprobs.add(surprisal.symbol(), OptionalDouble.of(own), Alternatives.of(surprisal, own));
      }
    }
    return logprobs;
  }

  /** Why a text ends. */
  static String finishReason(GeneratedText text) {
    return switch (text.ending()) {
      case LENGTH -> "length";
      case STOP, NOTHING_LEFT -> "stop";
      case INTERRUPTED, TIME_LIMIT -> "length"; // as for any text that ends before its end
    };
  }

  /** An answer, or a part of one in a stream. */
  Map<String, @Nullable Object> envelope(List<Object> choices) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("id", id);
    body.put("object", "text_completion");
    body.put("created", created);
    body.put("model", loaded.id());
    body.put("choices", choices);
    return body;
  }

  /** The first symbol of a stream was sent. */
  void sentFirst() {
    metrics.recordFirstSymbol(Duration.ofNanos(System.nanoTime() - start));
  }

  /** The numbers of symbols, which are also counted. */
  Map<String, Object> usage(int generated) {
    int read = prompts.stream().mapToInt(prompt -> prompt.symbols().size()).sum();
    int cached = prompts.stream().mapToInt(PromptText::cached).sum();
    metrics.count(read, cached, generated);
    Map<String, Object> usage = new LinkedHashMap<>();
    usage.put("prompt_tokens", read);
    usage.put("completion_tokens", generated);
    usage.put("total_tokens", read + generated);
    usage.put("prompt_tokens_details", Map.of("cached_tokens", cached));
    return usage;
  }

  /** Whether symbols are returned with their log-probabilities, and how many alternatives. */
  OptionalInt logprobs() {
    return request.logprobs();
  }
}

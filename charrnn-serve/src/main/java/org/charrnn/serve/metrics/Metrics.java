package org.charrnn.serve.metrics;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.charrnn.serve.http.Admission;
import org.charrnn.serve.http.ApiException;
import org.charrnn.serve.http.Body;
import org.charrnn.serve.models.ServedModel;
import org.charrnn.serve.models.ServedModels;
import org.charrnn.text.LanguageModel;

/**
 * Measures requests and models, and reports that at {@code GET /metrics} in the format of
 * Prometheus.
 *
 * <p><b>Thread safety.</b> Any number of threads.
 */
public final class Metrics implements Filter, AutoCloseable {

  /** Other paths are counted together: a client must not be able to create names. */
  private static final Set<String> PATHS =
      Set.of(
          "/",
          "/v1/completions",
          "/v1/models",
          "/v1/score",
          "/v1/embeddings",
          "/tokenize",
          "/detokenize",
          "/training",
          "/metrics");

  /** Instead of a status: the client did not wait for the answer. */
  private static final String GONE = "gone";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ServedModels models;
  private final Set<String> measured = ConcurrentHashMap.newKeySet();
  private final Counter read;
  private final Counter generated;
  private final Counter cached;
  private final Timer first;
  private final Timer queue;

  /** Measures these models. */
  public Metrics(ServedModels models) {
    this.models = models;
    read = symbols("prompt");
    generated = symbols("generated");
    cached = symbols("cached");
    first =
        Timer.builder("charrnn.time.to.first.symbol")
            .description("From the request to the first symbol of a stream")
            .publishPercentileHistogram()
            .register(registry);
    queue =
        Timer.builder("charrnn.queue")
            .description("How long requests waited before they were computed or rejected")
            .publishPercentileHistogram()
            .register(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
  }

  private Counter symbols(String kind) {
    return Counter.builder("charrnn.symbols").tag("kind", kind).register(registry);
  }

  /** Reports how many requests run and wait. */
  public void observe(Admission admission) {
    Gauge.builder("charrnn.requests.running", admission, Admission::running).register(registry);
    Gauge.builder("charrnn.queue.length", admission, Admission::waiting).register(registry);
  }

  private void observe(ServedModel model) {
    if (!measured.add(model.id())) {
      return;
    }
    Tags tags = Tags.of("model", model.id());
    Gauge.builder("charrnn.batch.rows", model, it -> it.usage().rows())
        .tags(tags)
        .description("Texts that advance together now")
        .register(registry);
    Throughput speed = new Throughput(() -> model.usage().rowSteps(), System::nanoTime);
    Gauge.builder("charrnn.characters.per.second", speed, Throughput::perSecond)
        .tags(tags)
        .description("Characters computed one by one, per second since the previous report")
        .strongReference(true)
        .register(registry);
    counter("charrnn.steps", "Steps of the batch", model, tags, LanguageModel.Usage::steps);
    counter("charrnn.row.steps", "Rows of all steps", model, tags, LanguageModel.Usage::rowSteps);
    counter(
        "charrnn.busy.seconds",
        "Time spent computing",
        model,
        tags,
        LanguageModel.Usage::busySeconds);
  }

  private interface Figure {
    double of(LanguageModel.Usage usage);
  }

  private void counter(
      String name, String description, ServedModel model, Tags tags, Figure figure) {
    FunctionCounter.builder(name, model, it -> figure.of(it.usage()))
        .tags(tags)
        .description(description)
        .register(registry);
  }

  /** Counts a request when it has ended. */
  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    long start = System.nanoTime();
    String status = GONE;
    try {
      chain.proceed();
      status = Integer.toString(response.status().code());
    } catch (ApiException e) { // before the request has reached its endpoint
      status = Integer.toString(e.error().status());
      throw e;
    } finally {
      String path = request.path().path();
      Timer.builder("charrnn.requests")
          .tag("endpoint", PATHS.contains(path) ? path : "other")
          .tag("status", status)
          .register(registry)
          .record(Duration.ofNanos(System.nanoTime() - start));
    }
  }

  /** Counts the symbols of a request for completions. */
  public void count(int promptSymbols, int cachedSymbols, int generatedSymbols) {
    read.increment(promptSymbols);
    cached.increment(cachedSymbols);
    generated.increment(generatedSymbols);
  }

  /** Records how long a client waited for its first symbol. */
  public void recordFirstSymbol(Duration time) {
    first.record(time);
  }

  /** Records how long a request waited for its turn. */
  public void recordQueue(Duration time) {
    queue.record(time);
  }

  /** Answers {@code GET /metrics}. */
  public void report(ServerRequest request, ServerResponse response) {
    models.all().forEach(this::observe);
    response.header(HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
    Body.send(request, response, registry.scrape().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    registry.close();
  }
}

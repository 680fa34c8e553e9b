package org.charrnn.serve.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Set;

/**
 * Counts requests and symbols, and reports them at {@code GET /metrics} in the format of
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

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Counter read;
  private final Counter generated;
  private final Counter cached;
  private final Timer first;

  /** Reports about the requests of this server. */
  public Metrics(Admission admission) {
    read = symbols("prompt");
    generated = symbols("generated");
    cached = symbols("cached");
    first =
        Timer.builder("charrnn.time.to.first.symbol")
            .description("From the request to the first symbol of a stream")
            .publishPercentileHistogram()
            .register(registry);
    Gauge.builder("charrnn.requests.running", admission, Admission::running).register(registry);
    Gauge.builder("charrnn.queue.length", admission, Admission::waiting).register(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
  }

  private Counter symbols(String kind) {
    return Counter.builder("charrnn.symbols").tag("kind", kind).register(registry);
  }

  /** Counts a request when it has ended. */
  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    long start = System.nanoTime();
    try {
      chain.proceed();
    } finally {
      String path = request.path().path();
      Timer.builder("charrnn.requests")
          .tag("endpoint", PATHS.contains(path) ? path : "other")
          .tag("status", Integer.toString(response.status().code()))
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

  /** Answers {@code GET /metrics}. */
  public void report(ServerRequest request, ServerResponse response) {
    response.header(HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
    response.send(registry.scrape());
  }

  @Override
  public void close() {
    registry.close();
  }
}

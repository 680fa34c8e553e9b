package org.charrnn.serve;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.staticcontent.ClasspathHandlerConfig;
import io.helidon.webserver.staticcontent.StaticContentFeature;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.charrnn.serve.connection.WatchedConnections;
import org.charrnn.serve.http.Admission;
import org.charrnn.serve.http.ApiKeys;
import org.charrnn.serve.http.Body;
import org.charrnn.serve.http.Endpoints;
import org.charrnn.serve.http.Errors;
import org.charrnn.serve.http.Guard;
import org.charrnn.serve.http.Health;
import org.charrnn.serve.http.TrainingView;
import org.charrnn.serve.metrics.Metrics;
import org.charrnn.serve.models.ServedModels;
import org.charrnn.serve.openai.Completions;
import org.charrnn.serve.openai.ModelList;
import org.charrnn.serve.openai.Texts;
import org.charrnn.serve.options.ServeOptions;
import org.charrnn.serve.session.Sessions;
import org.charrnn.serve.training.TrainingFeed;

/**
 * Serves models over HTTP: OpenAI's completions API and a web page. Each request runs on a virtual
 * thread of its own; the models compute them together.
 *
 * <p><b>Thread safety.</b> Any number of threads.
 */
public final class CharRnnServer implements AutoCloseable {

  private static final String PAGE = "/org/charrnn/serve/page";
  private static final Duration IDLE = Duration.ofMinutes(5);
  private static final int MAX_HEADERS = 1 << 14;

  private final WebServer server;
  private final Admission admission;
  private final Metrics metrics;
  private final ServedModels models;
  private final ServeOptions options;

  private CharRnnServer(
      WebServer server,
      Admission admission,
      Metrics metrics,
      ServedModels models,
      ServeOptions options) {
    this.server = server;
    this.admission = admission;
    this.metrics = metrics;
    this.models = models;
    this.options = options;
  }

  /**
   * Starts a server.
   *
   * @param models what it serves; closed with the server
   * @param options address, limits and keys
   * @return the server
   * @throws ServeException if it cannot listen on the address
   */
  public static CharRnnServer start(ServedModels models, ServeOptions options) {
    return prepare(models, options).listen();
  }

  /**
   * Prepares a server, which takes a third of a second or more, while models may be loaded.
   *
   * @param models what it serves: those that are there when it {@linkplain #listen listens}, and
   *     others later; closed with the server
   * @param options address, limits and keys
   * @return a server that does not listen yet
   */
  public static CharRnnServer prepare(ServedModels models, ServeOptions options) {
    return prepare(models, options, Optional.empty());
  }

  /**
   * Starts a server that also shows a training.
   *
   * @param models what it serves, now or later; closed with the server
   * @param options address, limits and keys
   * @param training the events of a training to show
   * @return the server
   * @throws ServeException if it cannot listen on the address
   */
  public static CharRnnServer start(
      ServedModels models, ServeOptions options, TrainingFeed training) {
    return prepare(models, options, Optional.of(training)).listen();
  }

  private static CharRnnServer prepare(
      ServedModels models, ServeOptions options, Optional<TrainingFeed> training) {
    Metrics metrics = new Metrics(models);
    Admission admission = new Admission(options.limits(), metrics::recordQueue);
    metrics.observe(admission);
    Http1Config http = Http1Config.builder().maxHeadersSize(MAX_HEADERS).build();
    WatchedConnections connections = new WatchedConnections(http);
    WebServer server =
        WebServer.builder()
            .host(options.host())
            .port(options.port())
            .shutdownHook(false)
            .maxPayloadSize(options.limits().maxBody())
            .idleConnectionTimeout(IDLE)
            .shutdownGracePeriod(options.drain())
            .directHandlers(Errors.beforeRouting())
            .addProtocol(http)
            .addConnectionSelector(connections)
            .routing(routing(models, options, admission, metrics, connections, training))
            .build();
    return new CharRnnServer(server, admission, metrics, models, options);
  }

  /**
   * Begins to serve.
   *
   * @return this server
   * @throws ServeException if it cannot listen on the address; the models are closed
   */
  public CharRnnServer listen() {
    try {
      server.start();
    } catch (RuntimeException e) {
      models.close();
      metrics.close();
      throw ServeException.cannotListen(options.host(), options.port(), e);
    }
    return this;
  }

  private static HttpRouting.Builder routing(
      ServedModels models,
      ServeOptions options,
      Admission admission,
      Metrics metrics,
      WatchedConnections connections,
      Optional<TrainingFeed> training) {
    Completions completions =
        new Completions(
            models, options.limits(), admission, new Sessions(options.sessionKey()), metrics);
    Texts texts = new Texts(models, options.limits(), admission);
    ModelList list = new ModelList(models);
    Health health = new Health(admission);
    HttpRouting.Builder routing =
        Errors.register(HttpRouting.builder())
            .addFilter(metrics)
            .addFilter(new Guard(new ApiKeys(options.keys()), options.origins()));
    Endpoints endpoints =
        new Endpoints(routing)
            .post("/v1/completions", connections.watched(completions::handle))
            .post("/v1/score", connections.watched(texts::score))
            .post("/v1/embeddings", connections.watched(texts::embeddings))
            .post("/tokenize", connections.watched(texts::tokenize))
            .post("/detokenize", connections.watched(texts::detokenize))
            .get("/openapi.json", CharRnnServer::describe)
            .get("/metrics", metrics::report)
            .get("/v1/models", list::list)
            .get("/v1/models/{id}", list::get)
            .get("/livez", health::live)
            .get("/readyz", health::ready)
            .get("/health", health::ready);
    training
        .map(TrainingView::new)
        .ifPresent(view ->
            endpoints.get("/training", view::state).events("/training/events", view::events));
    return routing
        .register("/page", StaticContentFeature.createService(page().build()))
        .register("/", StaticContentFeature.createService(page().welcome("index.html").build()))
        .any(Errors::notFound);
  }

  private static void describe(ServerRequest request, ServerResponse response) {
    try (InputStream in = CharRnnServer.class.getResourceAsStream("openapi.json")) {
      response.header(HeaderNames.CONTENT_TYPE, "application/json; charset=utf-8");
      Body.send(request, response, Objects.requireNonNull(in, "openapi.json").readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ClasspathHandlerConfig.Builder page() {
    return ClasspathHandlerConfig.builder()
        .location(PAGE)
        .classLoader(CharRnnServer.class.getClassLoader());
  }

  /** {@return the port that it listens on} */
  public int port() {
    return server.port();
  }

  /**
   * Stops: requests that run may end, for as long as {@link ServeOptions#drain} says; new ones are
   * rejected with status 503.
   */
  @Override
  public void close() {
    admission.drain();
    try {
      admission.awaitIdle(options.drain());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.stop();
    models.close();
    metrics.close();
  }
}

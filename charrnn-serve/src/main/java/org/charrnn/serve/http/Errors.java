package org.charrnn.serve.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.CancellationException;

/** Turns exceptions into answers in the form of OpenAI's API. */
public final class Errors {

  private static final Logger LOG = System.getLogger(Errors.class.getName());

  private static final Set<String> POSTED =
      Set.of("/v1/completions", "/v1/score", "/v1/embeddings", "/tokenize", "/detokenize");

  private Errors() {}

  /** Answers exceptions of endpoints. */
  public static HttpRouting.Builder register(HttpRouting.Builder routing) {
    return routing
        .error(ApiException.class, (_, response, e) -> Json.send(response, e.error()))
        .error(HttpException.class, (_, response, e) -> Json.send(response, ofHttp(e)))
        .error(
            CloseConnectionException.class,
            (_, _, e) -> {
              throw e; // nobody reads an answer
            })
        .error(CancellationException.class, (_, response, _) -> Json.send(response, stopping()))
        .error(RuntimeException.class, Errors::internal);
  }

  private static void internal(
      ServerRequest request, ServerResponse response, RuntimeException thrown) {
    Json.send(response, logged(request.path().path(), thrown));
  }

  /** The answer to a fault of the server, which is logged. */
  public static ApiError logged(String what, RuntimeException thrown) {
    LOG.log(Level.ERROR, "cannot answer " + what, thrown);
    return ApiError.internal();
  }

  /** The answer to a request whose thread was interrupted although its client is there. */
  public static ApiError stopping() {
    return ApiError.unavailable("The server is stopping.");
  }

  private static ApiError ofHttp(HttpException e) {
    return of(e.status());
  }

  /** An answer to what the library rejects; its own messages speak of the library. */
  private static ApiError of(Status status) {
    int code = status.code();
    if (code == 408) {
      return ApiError.timeout();
    }
    if (code == 413) {
      return ApiError.tooLarge("The body is larger than the limit of this server.");
    }
    return code >= 500
        ? ApiError.internal().withStatus(code)
        : ApiError.invalid(status.reasonPhrase() + ".").withStatus(code);
  }

  /** Answers requests that no endpoint accepts. */
  public static void notFound(ServerRequest request, ServerResponse response) {
    String path = request.path().path();
    String method = request.prologue().method().text();
    Json.send(
        response,
        POSTED.contains(path) ? ApiError.methodNotAllowed(method, path) : ApiError.notFound(path));
  }

  /** Answers requests that are rejected before an endpoint is chosen: those that are no HTTP. */
  public static DirectHandlers beforeRouting() {
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
      handlers.addHandler(
          type,
          (_, event, status, headers, _) ->
              DirectHandler.TransportResponse.builder()
                  .status(status)
                  .headers(headers)
                  .keepAlive(event.keepAlive())
                  .header(HeaderNames.CONTENT_TYPE, "application/json; charset=utf-8")
                  .entity(Json.write(of(status).body()))
                  .build());
    }
    return handlers.build();
  }
}

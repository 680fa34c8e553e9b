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
import java.util.concurrent.CancellationException;

/** Turns exceptions into answers in the form of OpenAI's API. */
public final class Errors {

  private static final Logger LOG = System.getLogger(Errors.class.getName());

  private Errors() {}

  /** Answers exceptions of endpoints. */
  public static HttpRouting.Builder register(HttpRouting.Builder routing) {
    return routing
        .error(
            ApiException.class, (request, response, e) -> Json.send(request, response, e.error()))
        .error(
            HttpException.class, (request, response, e) -> Json.send(request, response, ofHttp(e)))
        .error(
            CloseConnectionException.class,
            (_, _, e) -> {
              throw e; // nobody reads an answer
            })
        .error(
            CancellationException.class,
            (request, response, _) -> Json.send(request, response, stopping()))
        .error(RuntimeException.class, Errors::internal);
  }

  private static void internal(
      ServerRequest request, ServerResponse response, RuntimeException thrown) {
    Json.send(request, response, logged(request.path().path(), thrown));
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

  /** Answers requests for paths without an endpoint. */
  public static void notFound(ServerRequest request, ServerResponse response) {
    Json.send(request, response, ApiError.notFound(request.path().path()));
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

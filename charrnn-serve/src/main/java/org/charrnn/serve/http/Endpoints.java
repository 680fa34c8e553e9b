package org.charrnn.serve.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.PathMatchers;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;

/** Registers endpoints; other methods of their paths are answered with status 405. */
public final class Endpoints {

  private final HttpRouting.Builder routing;

  /**
   * Registers endpoints in a routing.
   *
   * @param routing the routing, changed by every method
   */
  public Endpoints(HttpRouting.Builder routing) {
    this.routing = routing;
  }

  /** Accepts POST at a path. */
  public Endpoints post(String path, Handler handler) {
    return register(path, handler, "POST", Method.POST);
  }

  /** Accepts GET and HEAD at a path. */
  public Endpoints get(String path, Handler handler) {
    return register(path, handler, "GET, HEAD", Method.GET, Method.HEAD);
  }

  /** Accepts GET at a path whose answer has no end. */
  public Endpoints events(String path, Handler handler) {
    return register(path, handler, "GET", Method.GET);
  }

  private Endpoints register(String path, Handler handler, String allowed, Method... methods) {
    routing
        .route(Method.predicate(methods), PathMatchers.create(path), handler)
        .any(
            path,
            (request, response) -> {
              response.header(HeaderNames.ALLOW, allowed);
              Json.send(
                  request,
                  response,
                  ApiError.methodNotAllowed(method(request), request.path().path()));
            });
    return this;
  }

  private static String method(ServerRequest request) {
    return request.prologue().method().text();
  }
}

package org.charrnn.serve.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.Optional;
import java.util.Set;

/**
 * Runs before every endpoint: adds the headers that protect the page, answers requests of scripts
 * of other origins, and asks for a key.
 */
public final class Guard implements Filter {

  /** The page loads nothing from elsewhere, and no other page may frame it. */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:;"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final HeaderName ALLOW_ORIGIN = HeaderNames.create("Access-Control-Allow-Origin");

  private final ApiKeys keys;
  private final Set<String> origins;

  /**
   * Guards a server.
   *
   * @param origins the origins whose scripts may use it, besides its own page; {@code *} for all
   */
  public Guard(ApiKeys keys, Set<String> origins) {
    this.keys = keys;
    this.origins = Set.copyOf(origins);
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    response.header("X-Content-Type-Options", "nosniff");
    response.header("Referrer-Policy", "no-referrer");
    response.header("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    Optional<String> origin = request.headers().first(HeaderNames.ORIGIN);
    boolean allowed = origin.isPresent() && isAllowed(origin.get());
    if (allowed) {
      response.header(ALLOW_ORIGIN, origins.contains("*") ? "*" : origin.get());
      response.header("Vary", "Origin");
      if (request.prologue().method().equals(Method.OPTIONS)) {
        response.header("Access-Control-Allow-Methods", "GET, POST, OPTIONS");
        response.header("Access-Control-Allow-Headers", "Authorization, Content-Type");
        response.header("Access-Control-Max-Age", "600");
        response.status(Status.NO_CONTENT_204).send();
        return;
      }
    }
    if (isProtected(request.path().path())) {
      keys.require(request);
    }
    chain.proceed();
  }

  private boolean isAllowed(String origin) {
    return origins.contains("*") || origins.contains(origin);
  }

  /** The page asks for a key itself, and probes of a load balancer have none. */
  private static boolean isProtected(String path) {
    return !(path.equals("/")
        || path.startsWith("/page/")
        || path.equals("/favicon.ico")
        || path.equals("/livez")
        || path.equals("/readyz")
        || path.equals("/health")
        || path.equals("/openapi.json"));
  }
}

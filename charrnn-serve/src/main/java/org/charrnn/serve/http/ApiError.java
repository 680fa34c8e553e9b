package org.charrnn.serve.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An error as OpenAI's API reports it.
 *
 * @param status the status of HTTP
 * @param message what is wrong, and what to do about it
 * @param type the kind of error, for example {@code invalid_request_error}
 * @param field the field of the request that is wrong
 * @param code a short name that programs can compare
 * @param retryAfter when the same request may succeed
 */
public record ApiError(
    int status,
    String message,
    String type,
    Optional<String> field,
    Optional<String> code,
    Optional<Duration> retryAfter) {

  private static final String INVALID = "invalid_request_error";

  private static ApiError of(int status, String message, String type, @Nullable String code) {
    return new ApiError(
        status, message, type, Optional.empty(), Optional.ofNullable(code), Optional.empty());
  }

  /** Status 400. */
  public static ApiError invalid(String message) {
    return of(400, message, INVALID, null);
  }

  /** Status 401: no key, or a wrong one. */
  public static ApiError unauthorized() {
    return of(
        401,
        "A valid API key is required: send the header 'Authorization: Bearer KEY'.",
        "authentication_error",
        "invalid_api_key");
  }

  /** Status 404: no such path. */
  public static ApiError notFound(String path) {
    return of(404, "There is no " + path + "; see /openapi.json.", INVALID, "not_found");
  }

  /** Status 405: the path exists for another method. */
  public static ApiError methodNotAllowed(String method, String path) {
    return of(405, path + " does not accept " + method + ".", INVALID, "method_not_allowed");
  }

  /** Status 408: the body did not arrive in time. */
  public static ApiError timeout() {
    return of(408, "The request did not arrive in time.", INVALID, "request_timeout");
  }

  /** Status 413: the body, or a part of it, is too large. */
  public static ApiError tooLarge(String message) {
    return of(413, message, INVALID, "request_too_large");
  }

  /** Status 500: a fault of the server, whose details are in its log. */
  public static ApiError internal() {
    return of(500, "The server failed; its log has the details.", "server_error", null);
  }

  /** Status 503: the server starts or stops. */
  public static ApiError unavailable(String message) {
    return of(503, message, "unavailable_error", null);
  }

  /** The same error, about this field. */
  public ApiError withField(String name) {
    return new ApiError(status, message, type, Optional.of(name), code, retryAfter);
  }

  /** The same error with this code. */
  public ApiError withCode(String name) {
    return new ApiError(status, message, type, field, Optional.of(name), retryAfter);
  }

  /** The same error with another status. */
  public ApiError withStatus(int other) {
    return new ApiError(other, message, type, field, code, retryAfter);
  }

  /** The body of the response, {@code {"error": {...}}}. */
  public Map<String, Object> body() {
    Map<String, @Nullable Object> error = new LinkedHashMap<>();
    error.put("message", message);
    error.put("type", type);
    error.put("param", field.orElse(null));
    error.put("code", code.orElse(null));
    return Map.of("error", error);
  }
}

package org.charrnn.serve.http;

import java.time.Duration;
import java.util.Optional;

/** A request that is answered with an error in the form of OpenAI's API. */
public final class ApiException extends RuntimeException {

  private static final long serialVersionUID = 1;

  @SuppressWarnings("serial") // an answer is not serialized
  private final ApiError error;

  /** The answer to a request. */
  public ApiException(ApiError error) {
    super(error.message());
    this.error = error;
  }

  /**
   * A field of the body that is wrong.
   *
   * @param field its name, for example {@code max_tokens}
   * @param message what is wrong, and what is allowed
   */
  public static ApiException field(String field, String message) {
    return new ApiException(ApiError.invalid(message).withField(field));
  }

  /** A request that is wrong as a whole. */
  public static ApiException invalid(String message) {
    return new ApiException(ApiError.invalid(message));
  }

  /** A request that may succeed later. */
  public static ApiException busy(String message, Duration retryAfter) {
    return new ApiException(
        new ApiError(
            429,
            message,
            "rate_limit_error",
            Optional.empty(),
            Optional.of("queue_full"),
            Optional.of(retryAfter)));
  }

  /** The answer. */
  public ApiError error() {
    return error;
  }
}

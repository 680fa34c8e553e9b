package org.charrnn.serve.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads bodies of requests and writes those of responses, as strict JSON in UTF-8.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
public final class Json {

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /**
   * The fields of a body.
   *
   * @param maxBytes its maximum size
   * @throws ApiException if it is too large or no JSON object
   */
  public static Fields read(ServerRequest request, long maxBytes) {
    byte[] bytes = bytes(request, maxBytes);
    String text = utf8(bytes);
    JsonNode node;
    try {
      node = MAPPER.readTree(text);
    } catch (JacksonException e) {
      throw ApiException.invalid("The body is not valid JSON" + at(e) + ".");
    }
    if (!node.isObject()) {
      throw ApiException.invalid("The body must be a JSON object, such as {\"prompt\": \"...\"}.");
    }
    return new Fields(node);
  }

  private static String at(JacksonException e) {
    return e.getLocation() == null
        ? ""
        : String.format(
            Locale.ROOT,
            " (line %d, column %d)",
            e.getLocation().getLineNr(),
            e.getLocation().getColumnNr());
  }

  private static byte[] bytes(ServerRequest request, long maxBytes) {
    if (!request.content().hasEntity()) {
      return new byte[0];
    }
    byte[] bytes = read(request.content().inputStream(), Math.toIntExact(maxBytes + 1));
    if (bytes.length > maxBytes) {
      throw new ApiException(
          ApiError.tooLarge(
              String.format(
                  Locale.ROOT,
                  "The body has more than %,d bytes, the limit of this server.",
                  maxBytes)));
    }
    return bytes;
  }

  private static byte[] read(InputStream in, int most) {
    try {
      return in.readNBytes(most);
    } catch (HttpException e) {
      throw e; // the body is too large
    } catch (IOException | RuntimeException e) { // of several types, all from the connection
      throw new CloseConnectionException("the client is gone", e);
    }
  }

  private static String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw ApiException.invalid("The body is not valid UTF-8.");
    }
  }

  /** An object of strings, numbers, booleans, lists and maps as JSON in UTF-8. */
  public static byte[] write(Object object) {
    return MAPPER.writeValueAsBytes(object);
  }

  /** Sends a response with status 200. */
  public static void send(ServerRequest request, ServerResponse response, Object body) {
    send(request, response, 200, body);
  }

  /** Sends an error. */
  public static void send(ServerRequest request, ServerResponse response, ApiError error) {
    error
        .retryAfter()
        .ifPresent(after ->
            response.header(
                HeaderNames.RETRY_AFTER, Long.toString(Math.max(1, after.toSeconds()))));
    send(request, response, error.status(), error.body());
  }

  private static void send(
      ServerRequest request, ServerResponse response, int status, Object body) {
    response.status(Status.create(status));
    response.header(HeaderNames.CONTENT_TYPE, "application/json; charset=utf-8");
    Body.send(request, response, write(body));
  }
}

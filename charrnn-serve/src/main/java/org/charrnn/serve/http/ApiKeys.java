package org.charrnn.serve.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The keys that clients must send in the header {@code Authorization: Bearer KEY}. They are
 * compared in a time that does not depend on how many characters are right.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
public final class ApiKeys {

  private static final String SCHEME = "Bearer ";

  private final List<byte[]> digests;

  /** These keys; none means that every request passes. */
  public ApiKeys(Collection<String> keys) {
    this.digests = keys.stream().map(ApiKeys::digest).toList();
  }

  /** Whether clients need a key. */
  public boolean areRequired() {
    return !digests.isEmpty();
  }

  /**
   * Checks the key of a request.
   *
   * @throws ApiException with status 401 if it is missing or wrong
   */
  public void require(ServerRequest request) {
    if (!areRequired()) {
      return;
    }
    Optional<String> header = request.headers().first(HeaderNames.AUTHORIZATION);
    if (header.isEmpty() || !isValid(header.get())) {
      throw new ApiException(ApiError.unauthorized());
    }
  }

  private boolean isValid(String header) {
    if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return false;
    }
    byte[] given = digest(header.substring(SCHEME.length()).strip());
    boolean valid = false;
    for (byte[] digest : digests) { // all of them, so that the time does not tell which one matches
      valid |= MessageDigest.isEqual(digest, given);
    }
    return valid;
  }

  private static byte[] digest(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}

package org.charrnn.serve.http;

import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** Sends the body of an answer; a HEAD request gets its length only (RFC 9110, section 9.3.2). */
public final class Body {

  private Body() {}

  /** Sends a body as the answer to a request; its status and headers are those of the response. */
  public static void send(ServerRequest request, ServerResponse response, byte[] body) {
    if (request.prologue().method().equals(Method.HEAD)) {
      response.contentLength(body.length);
      response.send();
    } else {
      response.send(body);
    }
  }
}

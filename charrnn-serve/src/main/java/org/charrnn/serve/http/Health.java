package org.charrnn.serve.http;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Map;

/** The endpoints that a load balancer or a service manager asks. */
public final class Health {

  private static final Map<String, String> OK = Map.of("status", "ok");

  private final Admission admission;

  /** Reports whether this server accepts requests. */
  public Health(Admission admission) {
    this.admission = admission;
  }

  /** Whether the process works: always, if it answers. */
  public void live(ServerRequest request, ServerResponse response) {
    Json.send(request, response, OK);
  }

  /** Whether requests are accepted: status 503 while the server stops. */
  public void ready(ServerRequest request, ServerResponse response) {
    if (admission.isDraining()) {
      throw new ApiException(Errors.stopping());
    }
    Json.send(request, response, OK);
  }
}

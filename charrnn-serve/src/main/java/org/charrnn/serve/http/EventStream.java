package org.charrnn.serve.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.sse.SseEvent;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.sse.SseSink;

/**
 * A response of server-sent events, each of which is sent at once.
 *
 * <p><b>Thread safety.</b> Any number of threads.
 */
public final class EventStream implements AutoCloseable {

  private final SseSink sink;

  /** Begins a response with status 200. */
  public EventStream(ServerResponse response) {
    response.header(HeaderNames.CACHE_CONTROL, "no-store");
    response.header("X-Accel-Buffering", "no");
    this.sink = response.sink(SseSink.TYPE);
  }

  /**
   * Sends an event.
   *
   * @param object is written as JSON
   * @throws RuntimeException if the client is gone
   */
  public synchronized void send(Object object) {
    sink.emit(SseEvent.create(Json.write(object)));
  }

  /** Sends the event that ends a stream of OpenAI's API. */
  public synchronized void sendDone() {
    sink.emit(SseEvent.create("[DONE]"));
  }

  /** Ends the response. */
  @Override
  public void close() {
    sink.close();
  }
}

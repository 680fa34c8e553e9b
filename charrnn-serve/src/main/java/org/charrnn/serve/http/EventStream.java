package org.charrnn.serve.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.sse.SseEvent;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.sse.SseSink;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A response of server-sent events, each of which is sent at once.
 *
 * <p><b>Thread safety.</b> Any number of threads.
 */
public final class EventStream implements AutoCloseable {

  private final ReentrantLock lock = new ReentrantLock();
  private final SseSink sink;
  private volatile boolean gone;

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
   * @throws CloseConnectionException if the client is gone
   */
  public void send(Object object) {
    emit(SseEvent.create(Json.write(object)));
  }

  /** Sends an event with a name. */
  public void send(String name, Object object) {
    emit(SseEvent.builder().name(name).data(Json.write(object)).build());
  }

  /** Sends a comment, which clients ignore. */
  public void beat() {
    emit(SseEvent.builder().comment("").build());
  }

  /** Sends the event that ends a stream of OpenAI's API. */
  public void sendDone() {
    emit(SseEvent.create("[DONE]"));
  }

  private void emit(SseEvent event) {
    lock.lock();
    try {
      sink.emit(event);
    } catch (RuntimeException e) { // of several types, all from the connection
      gone = true;
      throw new CloseConnectionException("the client is gone", e);
    } finally {
      lock.unlock();
    }
  }

  /** Ends the response, unless the client is gone. */
  @Override
  public void close() {
    if (!gone) {
      sink.close();
    }
  }
}

package org.charrnn.serve.connection;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;

/**
 * A connection whose handlers find its bytes.
 *
 * @param connection handles the requests
 * @param key finds the bytes
 * @param bytes what the client sends
 */
record WatchedConnection(ServerConnection connection, ScopedValue<Inbound> key, Inbound bytes)
    implements ServerConnection, InterruptableTask<Void> {

  @Override
  public void handle(Limit limit) throws InterruptedException {
    ScopedValue.where(key, bytes)
        .<Void, InterruptedException>call(() -> {
          connection.handle(limit);
          return null;
        });
  }

  @Override
  public boolean canInterrupt() {
    return connection instanceof InterruptableTask<?> task && task.canInterrupt();
  }

  @Override
  public Duration idleTime() {
    return connection.idleTime();
  }

  @Override
  public void close(boolean interrupt) {
    connection.close(interrupt);
  }
}

package org.charrnn.serve.connection;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;

/**
 * Connections with HTTP/1.1 whose clients are watched while their requests are computed: the thread
 * of a request is interrupted when its client closes the connection, or its side of it.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
public final class WatchedConnections implements ServerConnectionSelector {

  private final ServerConnectionSelector http;
  private final ScopedValue<Inbound> inbound = ScopedValue.newInstance();

  /** Connections with this configuration. */
  public WatchedConnections(Http1Config config) {
    this.http = Http1ConnectionSelector.builder().config(config).build();
  }

  /** The same handler, whose thread is interrupted if its client is gone. */
  public Handler watched(Handler handler) {
    return (request, response) ->
        inbound.get().whileConnected(() -> handler.handle(request, response));
  }

  @Override
  public int bytesToIdentifyConnection() {
    return http.bytesToIdentifyConnection();
  }

  @Override
  public Support supports(BufferData data) {
    return http.supports(data);
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return http.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    Inbound bytes = new Inbound(context.dataReader());
    ConnectionContext watched = new WatchedContext(context, DataReader.create(bytes::next));
    return new WatchedConnection(http.connection(watched), inbound, bytes);
  }
}

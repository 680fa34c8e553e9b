package org.charrnn.serve.options;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Where a server listens, whom it serves, and how much.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param host the address to listen on; {@link #LOOPBACK} accepts only programs of this machine
 * @param port the port; 0 for a free one
 * @param keys the keys of clients; none if every client is served
 * @param origins the origins whose scripts may use the server, besides its own page
 * @param limits what it accepts
 * @param drain how long requests may take to end when the server stops
 * @param sessionKey signs the sessions that clients carry
 */
public record ServeOptions(
    String host,
    int port,
    List<String> keys,
    Set<String> origins,
    Limits limits,
    Duration drain,
    SessionKey sessionKey) {

  /** The address that only programs of this machine can reach. */
  public static final String LOOPBACK = "127.0.0.1";

  /** Copies the collections. */
  public ServeOptions {
    keys = List.copyOf(keys);
    origins = Set.copyOf(origins);
  }

  /**
   * Programs of this machine, without a key, at this port; sessions end with the server.
   *
   * @param port the port; 0 for any free one
   * @return the options
   */
  public static ServeOptions local(int port) {
    return new ServeOptions(
        LOOPBACK,
        port,
        List.of(),
        Set.of(),
        Limits.DEFAULT,
        Duration.ofSeconds(10),
        SessionKey.random());
  }

  /**
   * {@return the same on another address}
   *
   * @param address the address to listen on
   */
  public ServeOptions withHost(String address) {
    return new ServeOptions(address, port, keys, origins, limits, drain, sessionKey);
  }

  /**
   * {@return the same for clients with one of these keys}
   *
   * @param clients the keys
   */
  public ServeOptions withKeys(List<String> clients) {
    return new ServeOptions(host, port, clients, origins, limits, drain, sessionKey);
  }

  /**
   * {@return the same, also for scripts of these origins}
   *
   * @param others the origins of web pages
   */
  public ServeOptions withOrigins(Set<String> others) {
    return new ServeOptions(host, port, keys, others, limits, drain, sessionKey);
  }

  /**
   * {@return the same with other limits}
   *
   * @param other the limits
   */
  public ServeOptions withLimits(Limits other) {
    return new ServeOptions(host, port, keys, origins, other, drain, sessionKey);
  }

  /**
   * {@return the same with another time to stop}
   *
   * @param time the time
   */
  public ServeOptions withDrain(Duration time) {
    return new ServeOptions(host, port, keys, origins, limits, time, sessionKey);
  }

  /**
   * {@return the same with another key for sessions, so that these outlive the server}
   *
   * @param key the key
   */
  public ServeOptions withSessionKey(SessionKey key) {
    return new ServeOptions(host, port, keys, origins, limits, drain, key);
  }
}

package org.charrnn.serve;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A client that streams completions over one connection. It does as little as possible, since it
 * shares the processors with the server that it measures.
 */
final class StreamingClient implements AutoCloseable {

  private static final String TEXT = "\"text\":\"";

  private final Socket socket;
  private final InputStream in;

  StreamingClient(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
  }

  /**
   * A stream that was read to its end.
   *
   * @param text the completion
   * @param firstNanos the time from the request to its first symbol
   */
  record Completion(String text, long firstNanos) {}

  /** Sends a request, all at once. */
  void send(String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head =
        "POST /v1/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
            + bytes.length
            + "\r\n\r\n";
    byte[] whole = (head + body).getBytes(StandardCharsets.UTF_8);
    socket.getOutputStream().write(whole);
  }

  /** Streams a completion. */
  Completion stream(String body) throws IOException {
    long start = System.nanoTime();
    send(body);
    String status = readLine();
    if (!status.startsWith("HTTP/1.1 200")) {
      throw new IOException(status);
    }
    while (!readLine().isEmpty()) {
      // the headers
    }
    StringBuilder events = new StringBuilder();
    long first = 0;
    for (int size = chunk(); size > 0; size = chunk()) {
      byte[] bytes = in.readNBytes(size);
      first = first == 0 ? System.nanoTime() - start : first;
      events.append(new String(bytes, StandardCharsets.UTF_8));
      readLine();
    }
    readLine();
    return new Completion(text(events.toString()), first);
  }

  private int chunk() throws IOException {
    return Integer.parseInt(readLine().strip(), 16);
  }

  private String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  private static String text(String events) throws IOException {
    if (!events.stripTrailing().endsWith("[DONE]")) {
      throw new IOException("no end: " + events.substring(Math.max(0, events.length() - 300)));
    }
    StringBuilder text = new StringBuilder();
    for (int at = events.indexOf(TEXT); at >= 0; at = events.indexOf(TEXT, at)) {
      at += TEXT.length();
      int end = at;
      while (events.charAt(end) != '"') {
        end += events.charAt(end) == '\\' ? 2 : 1;
      }
      String part = events.substring(at, end);
      text.append(
          part.indexOf('\\') < 0 ? part : ServedTinyModel.json("\"" + part + "\"").stringValue());
    }
    return text.toString();
  }

  /** Breaks off; what the server has sent and was not read makes it a reset. */
  @Override
  public void close() throws IOException {
    socket.close();
  }
}

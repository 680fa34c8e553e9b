package org.charrnn.serve;

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
  private final byte[] buffer = new byte[1 << 14];
  private int position;
  private int limit;

  StreamingClient(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setTcpNoDelay(true);
    in = socket.getInputStream();
  }

  /**
   * A stream that was read to its end.
   *
   * @param text the completion
   * @param firstNanos the time from the request to its first symbol
   * @param inTime the part of it that came before some time
   */
  record Completion(String text, long firstNanos, String inTime) {}

  /** Sends a request, all at once. */
  void send(String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head =
        "POST /v1/completions HTTP/1.1\r\n"
            + "Host: localhost\r\n"
            + "Content-Type: application/json\r\n"
            + "Content-Length: "
            + bytes.length
            + "\r\n\r\n";
    byte[] whole = (head + body).getBytes(StandardCharsets.UTF_8);
    socket.getOutputStream().write(whole);
  }

  /** Streams a completion. */
  Completion stream(String body) throws IOException {
    return stream(body, Long.MAX_VALUE);
  }

  /**
   * Streams a completion.
   *
   * @param time of {@link System#nanoTime}
   */
  Completion stream(String body, long time) throws IOException {
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
    int inTime = 0;
    for (int size = chunk(); size > 0; size = chunk()) {
      require(size + 2);
      events.append(new String(buffer, position, size, StandardCharsets.UTF_8));
      position += size + 2;
      long now = System.nanoTime();
      first = first == 0 ? now - start : first;
      inTime = now - time < 0 ? events.length() : inTime;
    }
    readLine();
    if (!events.toString().stripTrailing().endsWith("[DONE]")) {
      throw new IOException("no end: " + events.substring(Math.max(0, events.length() - 300)));
    }
    return new Completion(text(events.toString()), first, text(events.substring(0, inTime)));
  }

  private int chunk() throws IOException {
    return Integer.parseInt(readLine(), 16);
  }

  /** The next line, which ends with CR LF. */
  private String readLine() throws IOException {
    int length = 0;
    require(2);
    while (buffer[position + length] != '\r' || buffer[position + length + 1] != '\n') {
      length++;
      require(length + 2);
    }
    String line = new String(buffer, position, length, StandardCharsets.ISO_8859_1);
    position += length + 2;
    return line;
  }

  /** Waits until so many bytes are there. */
  private void require(int count) throws IOException {
    if (limit - position >= count) {
      return;
    }
    if (count > buffer.length) {
      throw new IOException("a chunk of " + count + " bytes");
    }
    if (position + count > buffer.length) {
      System.arraycopy(buffer, position, buffer, 0, limit - position);
      limit -= position;
      position = 0;
    }
    while (limit - position < count) {
      int read = in.read(buffer, limit, buffer.length - limit);
      if (read < 0) {
        throw new EOFException("the server closed the connection");
      }
      limit += read;
    }
  }

  private static String text(String events) {
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

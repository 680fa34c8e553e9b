package org.charrnn.serve.page;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Serves the page and answers as a test says: for faults that the real server does not have at
 * will.
 */
final class ScriptedServer implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Map<String, String> TYPES =
      Map.of("html", "text/html", "css", "text/css", "js", "text/javascript");

  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private final Map<String, HttpHandler> answers = new ConcurrentHashMap<>();
  private final List<JsonNode> bodies = Collections.synchronizedList(new ArrayList<>());

  /** A server of the model "tiny", without answers for completions and scores. */
  ScriptedServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(executor);
    server.createContext("/", this::handle);
    server.start();
    answer("/v1/models", exchange -> json(exchange, 200, models("tiny")));
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  /** Decides the answer to requests of a path. */
  void answer(String path, HttpHandler answer) {
    answers.put(path, answer);
  }

  /** The bodies of the requests, in order. */
  List<JsonNode> bodies() {
    return List.copyOf(bodies);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (body.length > 0) {
        bodies.add(JSON.readTree(body));
      }
      HttpHandler answer = answers.get(path);
      if (answer != null) {
        answer.handle(exchange);
      } else if (path.equals("/") || path.startsWith("/page/")) {
        page(exchange, path.equals("/") ? "index.html" : path.substring("/page/".length()));
      } else {
        error(exchange, 404, "There is no " + path);
      }
    }
  }

  private static void page(HttpExchange exchange, String file) throws IOException {
    try (InputStream resource =
        ScriptedServer.class.getResourceAsStream("/org/charrnn/serve/page/" + file)) {
      String type = TYPES.get(file.substring(file.lastIndexOf('.') + 1));
      send(exchange, 200, type + "; charset=utf-8", resource.readAllBytes());
    }
  }

  // ---- answers

  /** The list of these models, which read forward. */
  static Object models(String... ids) {
    return Map.of("data", Stream.of(ids).map(id -> model(id, "forward")).toList());
  }

  static Object model(String id, String direction) {
    Map<String, Object> facts =
        Map.of(
            "cell", "gru",
            "hidden_size", 8,
            "layers", 1,
            "vocabulary_size", 20,
            "parameters", 1234,
            "direction", direction);
    return Map.of("id", id, "object", "model", "charrnn", facts);
  }

  static void json(HttpExchange exchange, int status, Object body) throws IOException {
    send(exchange, status, "application/json", JSON.writeValueAsBytes(body));
  }

  static void error(HttpExchange exchange, int status, String message) throws IOException {
    json(exchange, status, Map.of("error", Map.of("message", message, "type", "test")));
  }

  static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  /** Begins a stream of events. */
  static Events events(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    return new Events(exchange.getResponseBody());
  }

  /**
   * Sends a whole text, each symbol with probability 0.25 and "x" as likely, and ends the stream.
   */
  static void complete(HttpExchange exchange, String... symbols) throws IOException {
    Events events = events(exchange);
    events.symbols(symbols);
    events.end();
  }

  /** A stream of events that is written as the test goes. */
  record Events(OutputStream out) {

    void symbols(String... symbols) throws IOException {
      for (String symbol : symbols) {
        Map<String, Object> top = new LinkedHashMap<>();
        top.put(symbol, Math.log(0.25));
        top.put("x", Math.log(0.25));
        data(
            choice(
                symbol,
                Map.of(
                    "tokens", List.of(symbol),
                    "token_logprobs", List.of(Math.log(0.25)),
                    "top_logprobs", List.of(top))));
      }
    }

    private static Object choice(String text, Object logprobs) {
      return Map.of("choices", List.of(Map.of("index", 0, "text", text, "logprobs", logprobs)));
    }

    void data(Object value) throws IOException {
      raw("data: " + JSON.writeValueAsString(value) + "\n\n");
    }

    void named(String name, Object value) throws IOException {
      raw("event: " + name + "\ndata: " + JSON.writeValueAsString(value) + "\n\n");
    }

    void end() throws IOException {
      raw(
          "data: {\"choices\":[{\"index\":0,\"text\":\"\",\"logprobs\":null,\"finish_reason\":\"length\"}]}\n\n"
              + "data: [DONE]\n\n");
    }

    void raw(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}

package org.charrnn.serve;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.serve.models.ServedModel;
import org.charrnn.serve.models.ServedModels;
import org.charrnn.serve.options.ServeOptions;
import org.charrnn.text.CharRnn;
import org.charrnn.text.LanguageModel;
import org.charrnn.text.config.ModelConfig;
import org.charrnn.text.config.ReadingDirection;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server on a free port with a tiny model, named {@value #ID}, and calls to it. */
public final class ServedTinyModel implements AutoCloseable {

  /** The name of the model. */
  public static final String ID = "tiny";

  private static final JsonMapper JSON = new JsonMapper();

  private static final String TEXT = "the cat sat on the mat. 选择一种生活，选择一条路。\n".repeat(40);

  private final LanguageModel reference;
  private final CharRnnServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  private ServedTinyModel(
      CharRnn charRnn,
      String text,
      Consumer<ModelConfig.Builder> architecture,
      UnaryOperator<ServeOptions> options) {
    TrainingConfig config =
        TrainingConfig.builder()
            .model(architecture)
            .windows(it -> it.seqLength(16).batchSize(4))
            .run(it -> it.epochs(2).validation(0))
            .build();
    LanguageModel model = charRnn.train(Corpus.of(text), config);
    this.reference = model;
    this.server =
        CharRnnServer.start(
            new ServedModels(List.of(new ServedModel(ID, model, Instant.EPOCH))),
            options.apply(ServeOptions.local(0)));
  }

  /** Trains and serves. */
  public static ServedTinyModel start() {
    return start(UnaryOperator.identity());
  }

  /** Trains and serves with changes of the options. */
  public static ServedTinyModel start(UnaryOperator<ServeOptions> options) {
    return new ServedTinyModel(java(), TEXT, it -> it.hiddenSize(16), options);
  }

  static ServedTinyModel backward() {
    return new ServedTinyModel(
        java(),
        TEXT,
        it -> it.hiddenSize(16).direction(ReadingDirection.BACKWARD),
        UnaryOperator.identity());
  }

  private static CharRnn java() {
    return CharRnn.create().withAccelerator("java");
  }

  /** Trains a model of another size on another text, and serves it. */
  static ServedTinyModel start(int hiddenSize, String text, String accelerator, int threads) {
    return new ServedTinyModel(
        CharRnn.create()
            .withAccelerator(accelerator)
            .withOptions(AcceleratorOptions.defaults().withThreads(threads)),
        text,
        it -> it.hiddenSize(hiddenSize),
        UnaryOperator.identity());
  }

  /** The model that is served. */
  public LanguageModel model() {
    return reference;
  }

  /** The address of the page, with a slash at its end. */
  public String address() {
    return "http://127.0.0.1:" + server.port() + "/";
  }

  CharRnnServer server() {
    return server;
  }

  HttpClient client() {
    return client;
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address() + path));
  }

  HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
    return client.send(
        request(path).POST(BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  JsonNode complete(String body) throws IOException, InterruptedException {
    HttpResponse<String> response = post("v1/completions", body);
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    return JSON.readTree(response.body());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(request(path).build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  /** The answer to a request without a body. */
  HttpResponse<String> ask(String method, String path) throws IOException, InterruptedException {
    return client.send(
        request(path).method(method, BodyPublishers.noBody()).build(),
        BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  static JsonNode json(String body) {
    return JSON.readTree(body);
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}

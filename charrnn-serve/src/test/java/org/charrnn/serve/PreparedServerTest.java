package org.charrnn.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import org.charrnn.serve.models.ServedModel;
import org.charrnn.serve.models.ServedModels;
import org.charrnn.serve.options.ServeOptions;
import org.charrnn.text.CharRnn;
import org.charrnn.text.LanguageModel;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.junit.jupiter.api.Test;

/** A server that is prepared while its models are loaded. */
class PreparedServerTest {

  private static LanguageModel model() {
    TrainingConfig config =
        TrainingConfig.builder()
            .model(it -> it.hiddenSize(8))
            .windows(it -> it.seqLength(8).batchSize(2))
            .run(it -> it.maxSteps(1).validation(0))
            .build();
    return CharRnn.create()
        .withAccelerator("java")
        .train(Corpus.of("选择一条路，也就选择了路边的风景。\n".repeat(20)), config);
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void models_thatCameAfterIt_areServedFromTheFirstConnectionOn() throws Exception {
    int port = freePort();
    HttpRequest list =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/models")).build();
    ServedModels models = new ServedModels(List.of());
    try (HttpClient client = HttpClient.newHttpClient();
        CharRnnServer server = CharRnnServer.prepare(models, ServeOptions.local(port))) {
      assertThrows(ConnectException.class, () -> client.send(list, BodyHandlers.ofString()));
      models.add(new ServedModel("late", model(), Instant.EPOCH));
      assertEquals(port, server.listen().port());
      String answer = client.send(list, BodyHandlers.ofString()).body();
      assertTrue(answer.contains("\"late\""), answer);
    }
  }

  @Test
  void close_withoutListening_closesTheModels() {
    LanguageModel model = model();
    ServedModels models = new ServedModels(List.of(new ServedModel("m", model, Instant.EPOCH)));
    CharRnnServer.prepare(models, ServeOptions.local(0)).close();
    assertThrows(IllegalStateException.class, () -> model.score("选择"));
  }
}

package org.charrnn.serve.openai;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.charrnn.serve.http.Json;
import org.charrnn.serve.models.LoadedModel;
import org.charrnn.serve.models.ServedModel;
import org.charrnn.serve.models.ServedModels;
import org.charrnn.text.config.ModelConfig;

/** The endpoints {@code GET /v1/models} and {@code GET /v1/models/{id}}. */
public final class ModelList {

  private final ServedModels models;

  /** Describes these models. */
  public ModelList(ServedModels models) {
    this.models = models;
  }

  /** Lists all models. */
  public void list(ServerRequest request, ServerResponse response) {
    List<Object> data = models.all().stream().<Object>map(ModelList::describe).toList();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("object", "list");
    body.put("data", data);
    Json.send(request, response, body);
  }

  /** Describes one model. */
  public void get(ServerRequest request, ServerResponse response) {
    String id = request.path().pathParameters().get("id");
    Json.send(request, response, describe(models.get(Optional.of(id))));
  }

  private static Map<String, Object> describe(ServedModel served) {
    try (ServedModel.Lease lease = served.acquire()) {
      LoadedModel loaded = lease.loaded();
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("id", loaded.id());
      body.put("object", "model");
      body.put("created", loaded.created().getEpochSecond());
      body.put("owned_by", "charrnn");
      body.put("charrnn", details(loaded));
      return body;
    }
  }

  private static Map<String, Object> details(LoadedModel loaded) {
    ModelConfig config = loaded.model().config().model();
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("cell", config.cell());
    details.put("hidden_size", config.hiddenSize());
    details.put("layers", config.layers());
    details.put("vocabulary_size", loaded.model().vocabulary().size());
    details.put("parameters", loaded.model().parameterCount());
    details.put("direction", config.direction().label());
    return details;
  }
}

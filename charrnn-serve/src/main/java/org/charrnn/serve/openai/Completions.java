package org.charrnn.serve.openai;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.charrnn.serve.http.Admission;
import org.charrnn.serve.http.ApiException;
import org.charrnn.serve.http.Fields;
import org.charrnn.serve.http.Json;
import org.charrnn.serve.options.Limits;
import org.charrnn.serve.models.ServedModel;
import org.charrnn.serve.models.ServedModels;

/** The endpoint {@code POST /v1/completions}. */
public final class Completions {

  private final ServedModels models;
  private final Limits limits;
  private final Admission admission;

  /** Completes texts with these models. */
  public Completions(ServedModels models, Limits limits, Admission admission) {
    this.models = models;
    this.limits = limits;
    this.admission = admission;
  }

  /** Answers a request. */
  public void handle(ServerRequest request, ServerResponse response) {
    Fields fields = Json.read(request, limits.maxBody());
    CompletionRequest completion = CompletionFields.read(fields, limits);
    ServedModel served = models.get(completion.model());
    try (Admission.Permit _ = admission.enter();
        ServedModel.Lease lease = served.acquire()) {
      CompletionTask task =
          new CompletionTask(
              completion,
              lease.loaded(),
              completion.seed().orElseGet(() -> ThreadLocalRandom.current().nextInt()));
      if (completion.stream()) {
        new CompletionStream(task, response).send();
      } else {
        Json.send(response, task.answer());
      }
    }
  }
}

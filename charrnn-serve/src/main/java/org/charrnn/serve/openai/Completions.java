package org.charrnn.serve.openai;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.concurrent.ThreadLocalRandom;
import org.charrnn.serve.http.Admission;
import org.charrnn.serve.http.ApiException;
import org.charrnn.serve.http.Fields;
import org.charrnn.serve.http.Json;
import org.charrnn.serve.metrics.Metrics;
import org.charrnn.serve.models.LoadedModel;
import org.charrnn.serve.models.ServedModel;
import org.charrnn.serve.models.ServedModels;
import org.charrnn.serve.options.Limits;
import org.charrnn.serve.session.Sessions;
import org.charrnn.text.config.ReadingDirection;

/** The endpoint {@code POST /v1/completions}. */
public final class Completions {

  private static final int SEEDS = 1_000_000; // short enough to type again

  private final ServedModels models;
  private final Limits limits;
  private final Admission admission;
  private final Sessions sessions;
  private final Metrics metrics;

  /** Completes texts with these models. */
  public Completions(
      ServedModels models, Limits limits, Admission admission, Sessions sessions, Metrics metrics) {
    this.models = models;
    this.limits = limits;
    this.admission = admission;
    this.sessions = sessions;
    this.metrics = metrics;
  }

  /** Answers a request. */
  public void handle(ServerRequest request, ServerResponse response) {
    Fields fields = Json.read(request, limits.maxBody());
    CompletionRequest completion = CompletionFields.read(fields, limits);
    ServedModel served = models.get(completion.model());
    try (Admission.Permit _ = admission.enter();
        ServedModel.Lease lease = served.acquire()) {
      CompletionTask task = task(completion, lease.loaded());
      if (completion.stream()) {
        new CompletionStream(task, response).send();
      } else {
        Json.send(request, response, task.answer());
      }
    }
  }

  private CompletionTask task(CompletionRequest completion, LoadedModel loaded) {
    if (loaded.model().config().model().direction() == ReadingDirection.BACKWARD) {
      refuse(completion.stream(), "stream");
      refuse(completion.session().returned(), "session");
      refuse(completion.echo(), "echo");
      refuse(completion.logprobs().isPresent(), "logprobs");
    }
    PromptText.Reader reader = new PromptText.Reader(loaded, completion, sessions);
    return new CompletionTask(
        completion,
        loaded,
        completion.prompts().stream().map(reader::read).toList(),
        sessions,
        completion.seed().orElseGet(() -> ThreadLocalRandom.current().nextInt(SEEDS)),
        limits.time(),
        metrics);
  }

  /** The text of such a model comes before its prompt, from its end to its beginning. */
  private static void refuse(boolean wanted, String field) {
    if (wanted) {
      throw ApiException.field(
          field, "'" + field + "' is not supported with a model that reads from right to left.");
    }
  }
}

package org.charrnn.serve.openai;

import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.charrnn.serve.http.ApiException;
import org.charrnn.serve.http.Errors;
import org.charrnn.serve.http.EventStream;
import org.charrnn.text.generation.GeneratedSymbol;
import org.charrnn.text.generation.GeneratedText;
import org.jspecify.annotations.Nullable;

/**
 * Sends the symbols of completions as they are generated: those that are there together in one
 * event.
 */
final class CompletionStream {

  private final CompletionTask task;
  private final ServerResponse response;

  CompletionStream(CompletionTask task, ServerResponse response) {
    this.task = task;
    this.response = response;
  }

  /** Sends all completions, and the end of the stream. */
  void send() {
    try (EventStream events = new EventStream(response)) {
      try {
        List<Callable<Integer>> parts = new ArrayList<>();
        for (int index = 0; index < task.choices(); index++) {
          int number = index;
          parts.add(() -> send(number, events));
        }
        int generated = Concurrently.all(parts).stream().mapToInt(Integer::intValue).sum();
        Map<String, @Nullable Object> last = task.envelope(List.of());
        last.put("usage", task.usage(generated));
        if (task.request().includeUsage()) {
          events.send(last);
        }
        events.sendDone();
      } catch (CloseConnectionException e) {
        throw e; // the client is gone
      } catch (ApiException e) { // the status has been sent
        events.send(e.error().body());
      } catch (CancellationException e) {
        events.send(Errors.stopping().body());
      } catch (RuntimeException e) {
        events.send(Errors.logged("a stream", e).body());
      }
    }
  }

  /** Sends one completion; the number of its symbols. */
  private int send(int index, EventStream events) {
    task.echo(index).ifPresent(prompt -> send(prompt, events));
    int[] offset = {task.offset(index)};
    boolean[] begun = {index > 0};
    GeneratedText text =
        task.generate(
            index,
            symbols -> {
              send(choice(index, symbols, offset), events);
              if (!begun[0]) {
                begun[0] = true;
                task.sentFirst();
              }
            });
    send(
        new Choice(
            index,
            "",
            Optional.empty(),
            Optional.of(CompletionTask.finishReason(text)),
            task.session(index, text)),
        events);
    return text.symbols().size();
  }

  private Choice choice(int index, List<GeneratedSymbol> symbols, int[] offset) {
    Optional<LogProbs> logprobs = Optional.empty();
    if (task.logprobs().isPresent()) {
      LogProbs one = new LogProbs(offset[0]);
      symbols.forEach(symbol -> task.add(one, symbol));
      offset[0] = one.offset();
      logprobs = Optional.of(one);
    }
    StringBuilder text = new StringBuilder(2 * symbols.size());
    symbols.forEach(symbol -> text.append(symbol.symbol()));
    return new Choice(index, text.toString(), logprobs, Optional.empty(), Optional.empty());
  }

  private void send(Choice choice, EventStream events) {
    events.send(task.envelope(List.of(choice.body())));
  }
}

package org.charrnn.spark;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.charrnn.spark.model.BroadcastModel;
import org.charrnn.text.LanguageModel;
import org.charrnn.text.generation.GenerationRequest;
import org.charrnn.text.generation.Prompt;
import org.charrnn.text.generation.Sampler;
import org.jspecify.annotations.Nullable;

/**
 * Adds generated texts to the rows of a partition, in their order; the model generates many at a
 * time.
 *
 * @param model the model
 * @param column the index of the prompts
 * @param seedColumn the index of the seeds; negative if all are {@code seed}
 * @param length the maximum number of symbols after a prompt
 * @param temperature that of the {@link Sampler}
 * @param topK that of the {@link Sampler}
 * @param topP that of the {@link Sampler}
 * @param seed determines all random choices
 * @param unknown how to handle unknown symbols of prompts
 */
record GeneratePartition(
    BroadcastModel model,
    int column,
    int seedColumn,
    int length,
    double temperature,
    int topK,
    double topP,
    long seed,
    Prompt.UnknownSymbols unknown)
    implements MapPartitionsFunction<Row, Row> {

  /** How many texts of a partition are generated at a time. */
  private static final int CONCURRENT = 64;

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new Generated(rows, model.inTask());
  }

  private GenerationRequest request(String prompt, long seedOfRow) {
    Sampler sampler = Sampler.temperature(temperature).withTopK(topK).withTopP(topP);
    return new GenerationRequest(new Prompt.Typed(prompt, unknown), length, sampler, seedOfRow);
  }

  private record Pending(Row row, @Nullable CompletableFuture<String> text) {}

  private final class Generated implements Iterator<Row> {

    private final Iterator<Row> rows;
    private final LanguageModel language;
    private final Deque<Pending> pending = new ArrayDeque<>();

    Generated(Iterator<Row> rows, LanguageModel language) {
      this.rows = rows;
      this.language = language;
    }

    @Override
    public boolean hasNext() {
      return !pending.isEmpty() || rows.hasNext();
    }

    @Override
    public Row next() {
      while (pending.size() < CONCURRENT && rows.hasNext()) {
        pending.add(start(rows.next()));
      }
      if (pending.isEmpty()) {
        throw new NoSuchElementException();
      }
      Pending first = pending.remove();
      return Rows.with(first.row(), first.text() == null ? null : result(first.text()));
    }

    private Pending start(Row row) {
      if (row.isNullAt(column)) {
        return new Pending(row, null);
      }
      long seedOfRow = seedColumn < 0 ? seed : row.getLong(seedColumn);
      GenerationRequest request = request(row.getString(column), seedOfRow);
      CompletableFuture<String> text = new CompletableFuture<>();
      Thread.startVirtualThread(() -> {
        try {
          text.complete(language.generate(request));
        } catch (RuntimeException | Error e) {
          text.completeExceptionally(e);
        }
      });
      return new Pending(row, text);
    }

    private String result(CompletableFuture<String> text) {
      try {
        return text.join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw e;
      }
    }
  }
}

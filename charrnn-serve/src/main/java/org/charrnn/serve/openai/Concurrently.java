package org.charrnn.serve.openai;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.charrnn.serve.http.ApiError;
import org.charrnn.serve.http.ApiException;

/** Runs the parts of a request at the same time, each on a virtual thread. */
final class Concurrently {

  private Concurrently() {}

  /**
   * Runs all tasks.
   *
   * @return their results in order
   * @throws RuntimeException that of the first task that failed; the others are interrupted
   */
  static <T> List<T> all(List<? extends Callable<T>> tasks) {
    if (tasks.size() == 1) {
      return List.of(call(tasks.getFirst()));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> futures = tasks.stream().map(task -> threads.submit(task)).toList();
      List<T> results = new ArrayList<>();
      try {
        for (Future<T> future : futures) {
          results.add(future.get());
        }
        return results;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ApiException(ApiError.unavailable("The request was interrupted."));
      } catch (ExecutionException e) {
        throw asUnchecked(Objects.requireNonNullElse(e.getCause(), e));
      } finally {
        futures.forEach(future -> future.cancel(true));
      }
    }
  }

  private static <T> T call(Callable<T> task) {
    try {
      return task.call();
    } catch (Exception e) {
      throw asUnchecked(e);
    }
  }

  private static RuntimeException asUnchecked(Throwable thrown) {
    return switch (thrown) {
      case RuntimeException e -> e;
      case Error e -> throw e;
      default -> new IllegalStateException(thrown);
    };
  }
}

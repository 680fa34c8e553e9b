package org.charrnn.text.engine;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Work of a single portion. */
final class Call<T> implements Work<T> {

  private final Supplier<T> work;
  private @Nullable T result;

  Call(Supplier<T> work) {
    this.work = work;
  }

  @Override
  public boolean advance() {
    result = work.get();
    return false;
  }

  @Override
  public T result() {
    return Objects.requireNonNull(result);
  }
}

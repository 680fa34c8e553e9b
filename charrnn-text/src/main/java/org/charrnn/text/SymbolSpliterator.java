package org.charrnn.text;

import java.util.Optional;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.charrnn.text.device.ExclusiveUse;
import org.charrnn.text.engine.SymbolReader;
import org.charrnn.text.generation.GeneratedSymbol;
import org.jspecify.annotations.Nullable;

/**
 * The symbols of a text that is generated as they are consumed. It uses its model until its end.
 */
final class SymbolSpliterator implements Spliterator<GeneratedSymbol> {

  private final SymbolReader reader;
  private final Supplier<ExclusiveUse.Use> begin;
  private ExclusiveUse.@Nullable Use use;
  private boolean ended;

  /**
   * The symbols of a reader.
   *
   * @param begin begins the use of the model, when the first symbol is taken
   */
  SymbolSpliterator(SymbolReader reader, Supplier<ExclusiveUse.Use> begin) {
    this.reader = reader;
    this.begin = begin;
  }

  @Override
  public boolean tryAdvance(Consumer<? super GeneratedSymbol> action) {
    if (ended) {
      return false;
    }
    if (use == null) {
      use = begin.get();
    }
    boolean taken = false;
    try {
      Optional<GeneratedSymbol> next = reader.next();
      next.ifPresent(action);
      taken = next.isPresent();
    } finally {
      if (!taken) {
        close();
      }
    }
    return taken;
  }

  /** Cancels the text unless it is complete. */
  void close() {
    ended = true;
    reader.close();
    if (use != null) {
      use.close();
      use = null;
    }
  }

  /** The symbols are computed in sequence. */
  @Override
  public @Nullable Spliterator<GeneratedSymbol> trySplit() {
    return null;
  }

  @Override
  public long estimateSize() {
    return Long.MAX_VALUE;
  }

  @Override
  public int characteristics() {
    return ORDERED | NONNULL | IMMUTABLE;
  }
}

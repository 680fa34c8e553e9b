package org.charrnn.text.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.charrnn.text.decoding.Hypothesis;
import org.charrnn.text.generation.GeneratedSymbol;
import org.charrnn.text.generation.GeneratedText;
import org.charrnn.text.generation.GeneratedText.Ending;
import org.jspecify.annotations.Nullable;

/**
 * The reader of a text that is generated meanwhile. If the thread is interrupted, or the time limit
 * of the request is exceeded, the text ends after the symbols that were taken.
 *
 * <p><b>Thread safety.</b> One thread at a time, which may change.
 */
public final class SymbolReader implements AutoCloseable {

  private final Engine engine;
  private final TextFormat format;
  private final TextJob job;
  private final Optional<Duration> timeLimit;
  private final boolean interruptible;
  private Optional<Long> deadline = Optional.empty();
  private boolean started;
  private Hypothesis seen;
  private int certain; // how many symbols of it will stay
  private int taken;
  private boolean gaveUp;
  private @Nullable GeneratedText text;

  /**
   * The reader of a text that begins to be generated when the first symbol is requested.
   *
   * @param interruptible whether an interrupt ends the text
   */
  SymbolReader(
      Engine engine,
      TextFormat format,
      TextJob job,
      Optional<Duration> timeLimit,
      boolean interruptible) {
    this.interruptible = interruptible;
    this.engine = engine;
    this.format = format;
    this.job = job;
    this.timeLimit = timeLimit;
    this.seen = job.text();
  }

  /** Begins to generate the text, unless there is a reason to end it already. */
  void start() {
    if (started) {
      return;
    }
    started = true;
    long now = System.nanoTime();
    deadline = timeLimit.map(limit -> now + TimeUnit.NANOSECONDS.convert(limit));
    Optional<Ending> reason = reasonToEnd();
    if (seen.hasEnded()) {
      end(seen); // nothing is to be generated
    } else if (reason.isPresent()) {
      end(job.endNow(0, reason.get()));
    } else {
      engine.submit(job);
    }
  }

  /** Waits for the next symbol; empty at the end of the text. */
  public Optional<GeneratedSymbol> next() {
    start();
    while (!isComplete()) {
      Optional<Ending> reason = reasonToEnd();
      if (reason.isPresent() && !gaveUp) {
        gaveUp = true;
        end(job.endNow(taken, reason.get()));
      } else if (text != null) {
        return take(text.symbols().get(taken));
      } else if (taken < certain) {
        return take(format.symbol(seen, taken));
      } else {
        look();
      }
    }
    return Optional.empty();
  }

  /**
   * Waits for the next symbols: all that are there, at least one.
   *
   * @return empty at the end of the text
   */
  List<GeneratedSymbol> nextOnes() {
    Optional<GeneratedSymbol> first = next();
    if (first.isEmpty()) {
      return List.of();
    }
    List<GeneratedSymbol> rest =
        text == null
            ? format.symbols(seen, taken, certain)
            : text.symbols().subList(taken, text.symbols().size());
    List<GeneratedSymbol> symbols = new ArrayList<>(1 + rest.size());
    symbols.add(first.get());
    symbols.addAll(rest);
    take(rest.size());
    return symbols;
  }

  private boolean isComplete() {
    return text != null && taken == text.symbols().size();
  }

  private Optional<Ending> reasonToEnd() {
    if (interruptible && Thread.currentThread().isInterrupted()) {
      return Optional.of(Ending.INTERRUPTED);
    }
    return deadline.isPresent() && deadline.get() - System.nanoTime() <= 0
        ? Optional.of(Ending.TIME_LIMIT)
        : Optional.empty();
  }

  private Optional<GeneratedSymbol> take(GeneratedSymbol symbol) {
    take(1);
    return Optional.of(symbol);
  }

  private void take(int count) {
    taken += count;
    job.taken(taken);
    resume();
  }

  private void resume() {
    if (job.takeResumption()) {
      engine.submit(job);
    }
  }

  /** Looks for more of the text, and waits if there is none. */
  private void look() {
    Hypothesis before = seen;
    engine.await(job, () -> job.text() != before || job.hasEnded() || resumes(), deadline);
    seen = job.text();
    if (seen.hasEnded()) {
      end(seen);
    } else if (job.hasEnded()) {
      job.requireSuccess();
    } else {
      certain = format.certain(seen);
    }
  }

  /** Resumes the text if it waits for this reader, which waits for it. */
  private boolean resumes() {
    resume();
    return false;
  }

  private void end(Hypothesis ended) {
    text = format.text(ended);
    close();
  }

  /**
   * Waits for the whole text. If the thread is interrupted or the time limit is exceeded, the text
   * has the symbols that were generated until then.
   */
  GeneratedText await() {
    start();
    while (text == null) {
      engine.await(job, job::hasEnded, deadline);
      Hypothesis latest = job.text();
      Optional<Ending> reason = reasonToEnd();
      if (latest.hasEnded()) {
        end(latest);
      } else if (job.hasEnded()) {
        job.requireSuccess();
      } else if (reason.isPresent()) {
        end(job.endNow(Integer.MAX_VALUE, reason.get()));
      }
    }
    return text;
  }

  /** The text, after its last symbol was taken. */
  public GeneratedText text() {
    if (text == null) {
      throw new IllegalStateException("the text is still being generated");
    }
    return text;
  }

  /** Cancels the text unless it is complete. */
  @Override
  public void close() {
    job.cancel();
  }
}

package org.charrnn.accel.java.vector.choice;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.charrnn.api.ScoreChooser;
import org.charrnn.api.SeededRandom;
import org.jspecify.annotations.Nullable;

/**
 * Lets the compiler of the JVM compile the loops of a {@link VectorChooser} before any choice
 * depends on them: until then, a choice takes ten milliseconds and more. Once many choices were
 * asked for, a thread makes some thousand of them, in a small share of the time.
 *
 * <p><b>Thread safety.</b> Any number of threads.
 */
public final class ChoiceCompilation implements AutoCloseable {

  /** After so many choices it begins: a few texts would end before it saves time. */
  private static final int FIRST = 1 << 17;

  private static final int ROUNDS = 500;

  /** For each unit of time that it computes, the thread pauses for so many. */
  private static final int PAUSE = 19;

  private static final AtomicBoolean BEGUN = new AtomicBoolean(); // by any session of the process
  private static volatile boolean done;

  private final int first;
  private final int pause;
  private final AtomicInteger asked = new AtomicInteger();
  private volatile boolean closed;
  private volatile @Nullable Thread thread;

  /** A compilation that begins when it is worthwhile. */
  public ChoiceCompilation() {
    this(FIRST, PAUSE);
  }

  /** One that begins after other numbers of choices, and pauses for longer or shorter. */
  ChoiceCompilation(int first, int pause) {
    this.first = first;
    this.pause = pause;
  }

  /** A chooser among so many ids, which makes no choice before this is done. */
  public ScoreChooser chooser(int count) {
    return new CompiledChooser(count, this);
  }

  /**
   * Whether it is done; asked before each choice.
   *
   * @param count the number of ids
   */
  boolean isDone(int count) {
    if (!done && asked.incrementAndGet() % first == 0) {
      begin(count); // again if another session has begun, and was closed before it was done
    }
    return done;
  }

  private void begin(int count) {
    if (!closed && BEGUN.compareAndSet(false, true)) {
      Thread next =
          Thread.ofPlatform()
              .daemon()
              .name("charrnn-choices")
              .inheritInheritableThreadLocals(false)
              .unstarted(() -> compile(count));
      thread = next;
      try {
        next.start();
      } catch (OutOfMemoryError e) { // no more threads: choices do without
        BEGUN.set(false);
      }
    }
  }

  private void compile(int count) {
    VectorChooser chooser = new VectorChooser(count);
    SeededRandom random = new SeededRandom(0);
    float[] scores = new float[count];
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < count; i++) {
        scores[i] = (float) random.nextGaussian();
      }
      choose(chooser, scores, 0.8, count, 0.9, random.nextDouble());
      choose(chooser, scores, 1, count, 1, random.nextDouble());
      choose(chooser, scores, 0.8, 40, 1, random.nextDouble());
      choose(chooser, scores, 0, count, 1, 0);
      if (closed) {
        BEGUN.set(false); // for another session
        return;
      }
    }
    done = true;
  }

  private void choose(
      VectorChooser chooser,
      float[] scores,
      double temperature,
      int topK,
      double topP,
      double chance) {
    if (!closed) {
      long start = System.nanoTime();
      int _ = chooser.choose(scores, temperature, topK, topP, chance);
      LockSupport.parkNanos(this, pause * (System.nanoTime() - start));
    }
  }

  /** Ends the thread, if there is one; when this returns, it computes nothing any more. */
  @Override
  public void close() {
    closed = true;
    Thread running = thread;
    LockSupport.unpark(running);
    boolean interrupted = false;
    while (running != null && running.isAlive()) {
      try {
        running.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

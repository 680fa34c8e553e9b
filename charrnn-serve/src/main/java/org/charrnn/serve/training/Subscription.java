package org.charrnn.serve.training;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The events of a training for one client.
 *
 * <p><b>Thread safety.</b> One thread adds, one takes.
 */
public final class Subscription {

  private static final int CAPACITY = 1000;

  private final BlockingQueue<TrainingFeed.Event> events = new ArrayBlockingQueue<>(CAPACITY);
  private volatile boolean ended;

  Subscription() {}

  /** Adds an event; false if the client is too slow, which ends the subscription. */
  boolean offer(TrainingFeed.Event event) {
    boolean added = events.offer(event);
    if (!added) {
      end();
    }
    return added;
  }

  void end() {
    ended = true;
  }

  /** {@return whether all events were taken and no more come} */
  public boolean isOver() {
    return ended && events.isEmpty();
  }

  /**
   * {@return the next event; empty if none comes in that time}
   *
   * @param most the time to wait
   * @throws InterruptedException if this thread is interrupted meanwhile
   */
  public Optional<TrainingFeed.Event> poll(Duration most) throws InterruptedException {
    return Optional.ofNullable(events.poll(most.toMillis(), TimeUnit.MILLISECONDS));
  }
}

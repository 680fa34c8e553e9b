package org.charrnn.serve.http;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.Optional;
import org.charrnn.serve.training.Subscription;
import org.charrnn.serve.training.TrainingFeed;

/**
 * The endpoints {@code GET /training}, everything so far, and {@code GET /training/events}, what
 * follows.
 */
public final class TrainingView {

  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  private final TrainingFeed feed;

  /** Shows a training. */
  public TrainingView(TrainingFeed feed) {
    this.feed = feed;
  }

  /** Everything so far. */
  public void state(ServerRequest request, ServerResponse response) {
    Json.send(request, response, feed.state());
  }

  /** What follows, until the training ends or the client is gone. */
  public void events(ServerRequest request, ServerResponse response) {
    Subscription subscription = feed.subscribe();
    try (EventStream events = new EventStream(response)) {
      while (!subscription.isOver()) {
        Optional<TrainingFeed.Event> event = subscription.poll(HEARTBEAT);
        if (event.isPresent()) {
          events.send(event.get().name(), event.get().data());
        } else {
          events.beat(); // fails if the client is gone
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      feed.unsubscribe(subscription);
    }
  }
}

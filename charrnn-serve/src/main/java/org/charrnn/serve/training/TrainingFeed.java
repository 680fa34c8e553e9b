package org.charrnn.serve.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.charrnn.text.training.StepReport;
import org.charrnn.text.training.TrainingListener;
import org.charrnn.text.training.TrainingPlan;
import org.charrnn.text.training.TrainingResult;
import org.charrnn.text.training.ValidationReport;

/**
 * The course of a training so far, and its events from now on.
 *
 * <p><b>Thread safety.</b> The training calls the methods of the listener on its thread; any number
 * of threads read.
 */
public final class TrainingFeed implements TrainingListener {

  /** Of more points every second one is dropped: a chart does not show them. */
  private static final int MAX_POINTS = 2000;

  private static final int MAX_SAMPLES = 50;

  /**
   * An event of the training.
   *
   * @param name its kind: step, validation or sample
   * @param data its fields
   */
  public record Event(String name, Map<String, Object> data) {}

  private final CopyOnWriteArrayList<Subscription> subscriptions = new CopyOnWriteArrayList<>();
  private final List<Object> losses = new ArrayList<>();
  private final List<Object> validations = new ArrayList<>();
  private final List<Object> samples = new ArrayList<>();
  private final Map<String, Object> last = new LinkedHashMap<>();
  private int stride = 1;
  private boolean ended;

  /** A training that has not begun. */
  public TrainingFeed() {}

  // ---- the training

  @Override
  public synchronized void started(TrainingPlan plan) {
    last.put("step", plan.startStep());
    last.put("epoch", 1);
    last.put("epochs", plan.config().run().epochs());
  }

  @Override
  public synchronized void step(StepReport report) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("step", report.step());
    data.put("nats", report.nats());
    data.put("epoch", report.epoch());
    data.put("characters_per_second", Math.round(report.charactersPerSecond()));
    last.put("step", report.step());
    last.put("epoch", report.epoch());
    last.put("characters_per_second", Math.round(report.charactersPerSecond()));
    if (report.step() % stride == 0) {
      losses.add(point(report.step(), report.nats()));
      publish(new Event("step", data));
    }
    if (losses.size() > MAX_POINTS) {
      stride *= 2;
      List<Object> kept = new ArrayList<>();
      for (int i = 1; i < losses.size(); i += 2) {
        kept.add(losses.get(i));
      }
      losses.clear();
      losses.addAll(kept);
    }
  }

  @Override
  public synchronized void validated(ValidationReport report) {
    Map<String, Object> point = point(report.step(), report.loss().nats());
    validations.add(point);
    publish(new Event("validation", point));
  }

  @Override
  public synchronized void sample(String text, long step) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("epoch", last.getOrDefault("epoch", 1));
    data.put("step", step);
    data.put("text", text);
    samples.add(data);
    if (samples.size() > MAX_SAMPLES) {
      samples.removeFirst();
    }
    publish(new Event("sample", data));
  }

  @Override
  public synchronized void ended(TrainingResult result) {
    end();
  }

  /** No further events come; also for a run that failed. */
  public synchronized void end() {
    ended = true;
    subscriptions.forEach(Subscription::end);
    subscriptions.clear();
  }

  private static Map<String, Object> point(long step, double nats) {
    Map<String, Object> point = new LinkedHashMap<>();
    point.put("step", step);
    point.put("nats", nats);
    return point;
  }

  /** A client that does not keep up loses its subscription, and asks for everything again. */
  private void publish(Event event) {
    subscriptions.removeIf(subscription -> !subscription.offer(event));
  }

  // ---- its readers

  /** {@return everything so far} */
  public synchronized Map<String, Object> state() {
    Map<String, Object> state = new LinkedHashMap<>(last);
    state.put("state", ended ? "ended" : "running");
    state.put("losses", List.copyOf(losses));
    state.put("validations", List.copyOf(validations));
    state.put("samples", List.copyOf(samples));
    return state;
  }

  /** {@return the events from now on} */
  public synchronized Subscription subscribe() {
    Subscription subscription = new Subscription();
    if (ended) {
      subscription.end();
    } else {
      subscriptions.add(subscription);
    }
    return subscription;
  }

  /**
   * No events are to be kept for a client any more.
   *
   * @param subscription the subscription
   */
  public void unsubscribe(Subscription subscription) {
    subscriptions.remove(subscription);
  }
}

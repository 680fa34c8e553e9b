package org.charrnn.text.config;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;

/**
 * How the learning rate changes during training. Each schedule is a function of the progress of
 * training, so that a resumed run uses the same rates.
 *
 * <p>In JSON the property {@code name} selects the schedule: {@code {"name": "decay", "after": 10,
 * "rate": 0.97}}.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "name")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Schedule.Constant.class, name = "constant"),
  @JsonSubTypes.Type(value = Schedule.Decay.class, name = "decay"),
  @JsonSubTypes.Type(value = Schedule.Staircase.class, name = "step"),
  @JsonSubTypes.Type(value = Schedule.Cosine.class, name = "cosine"),
  @JsonSubTypes.Type(value = Schedule.Plateau.class, name = "plateau")
})
public sealed interface Schedule {

  /** The options of all schedules. */
  List<String> OPTIONS =
      List.of(
          "decayAfter",
          "decayRate",
          "decayEvery",
          "decayEverySteps",
          "decayTo",
          "warmupSteps",
          "decayPatience");

  /**
   * {@return the factor of the learning rate in the next step, at least 0 and at most 1}
   *
   * @param moment the progress of the run
   */
  double factor(Moment moment);

  /** {@return its name, as in {@code --schedule}} */
  String label();

  /** {@return the values of those {@link #OPTIONS} that this schedule uses} */
  Map<String, Number> settings();

  /**
   * The progress of training.
   *
   * @param step the number of steps so far
   * @param epoch the number of completed epochs
   * @param totalSteps the number of steps, or the steps of all epochs, those so far included
   * @param reductions the number of times that {@link Plateau} reduced the rate
   */
  record Moment(long step, int epoch, long totalSteps, int reductions) {}

  /** The same rate throughout. */
  record Constant() implements Schedule {
    @Override
    public double factor(Moment moment) {
      return 1;
    }

    @Override
    public String label() {
      return "constant";
    }

    @Override
    public Map<String, Number> settings() {
      return Map.of();
    }
  }

  /**
   * The full rate for some epochs, then each epoch multiplies the rate of the previous one.
   *
   * <p>Source: the recipe of karpathy/char-rnn, which uses 10 and 0.97.
   *
   * @param after the epochs at the full rate, at least 1
   * @param rate the factor, in {@code (0, 1]}
   */
  record Decay(int after, double rate) implements Schedule {
    /**
     * Checks the numbers.
     *
     * @throws InvalidOptionException if a number is out of range; the message names it
     */
    public Decay {
      Check.atLeast(1, "decayAfter", after);
      Check.share("decayRate", rate);
    }

    @Override
    public double factor(Moment moment) {
      return Math.pow(rate, Math.max(0, moment.epoch() - after + 1));
    }

    @Override
    public String label() {
      return "decay";
    }

    @Override
    public Map<String, Number> settings() {
      return Map.of("decayAfter", after, "decayRate", rate);
    }
  }

  /**
   * Multiplies the rate after every so many epochs or steps.
   *
   * @param every the epochs or steps at the same rate, at least 1
   * @param unit epochs or steps
   * @param rate the factor, in {@code (0, 1]}
   */
  record Staircase(long every, Unit unit, double rate) implements Schedule {

    /** The unit that is counted. */
    public enum Unit {
      /** Epochs. */
      EPOCHS,
      /** Updates. */
      STEPS
    }

    /**
     * Checks the numbers.
     *
     * @throws InvalidOptionException if a number is out of range; the message names it
     */
    public Staircase {
      Check.atLeast(1, everyOption(unit), every);
      Check.share("decayRate", rate);
    }

    @Override
    public double factor(Moment moment) {
      long done = unit == Unit.EPOCHS ? moment.epoch() : moment.step();
      return Math.pow(rate, (double) Math.floorDiv(done, every)); // whole ones
    }

    private static String everyOption(Unit unit) {
      return unit == Unit.EPOCHS ? "decayEvery" : "decayEverySteps";
    }

    @Override
    public String label() {
      return "step";
    }

    @Override
    public Map<String, Number> settings() {
      return Map.of(everyOption(unit), every, "decayRate", rate);
    }
  }

  /**
   * A linear warm-up from zero, then half a cosine down, which ends with the last epoch. With more
   * epochs the rest of the curve is stretched.
   *
   * <p>Source: Loshchilov, Hutter, "SGDR: Stochastic gradient descent with warm restarts", ICLR
   * 2017, without restarts; warm-up as in Goyal et al., "Accurate, large minibatch SGD", 2017.
   *
   * @param warmupSteps the steps of the warm-up, at least 0; no more than a tenth of all steps
   * @param end the factor at the end, in {@code [0, 1]}
   */
  record Cosine(long warmupSteps, double end) implements Schedule {
    /**
     * Checks the numbers.
     *
     * @throws InvalidOptionException if a number is out of range; the message names it
     */
    public Cosine {
      Check.atLeast(0, "warmupSteps", warmupSteps);
      if (!(end >= 0 && end <= 1)) { // written so that NaN fails
        throw new InvalidOptionException("decayTo", end, "in [0.0, 1.0]");
      }
    }

    @Override
    public double factor(Moment moment) {
      long warmup = Math.min(warmupSteps, moment.totalSteps() / 10);
      if (moment.step() < warmup) {
        return (moment.step() + 1.0) / warmup;
      }
      double way = moment.totalSteps() - warmup;
      double done = Math.min(1, (moment.step() - warmup) / way);
      return end + (1 - end) * (1 + StrictMath.cos(Math.PI * done)) / 2;
    }

    @Override
    public String label() {
      return "cosine";
    }

    @Override
    public Map<String, Number> settings() {
      return Map.of("warmupSteps", warmupSteps, "decayTo", end);
    }
  }

  /**
   * Multiplies the rate each time that a number of consecutive validations did not improve on the
   * lowest loss on the held-out text.
   *
   * @param patience that number, at least 1
   * @param rate the factor, in {@code (0, 1]}
   */
  record Plateau(int patience, double rate) implements Schedule {
    /**
     * Checks the numbers.
     *
     * @throws InvalidOptionException if a number is out of range; the message names it
     */
    public Plateau {
      Check.atLeast(1, "decayPatience", patience);
      Check.share("decayRate", rate);
    }

    @Override
    public double factor(Moment moment) {
      return Math.pow(rate, moment.reductions());
    }

    @Override
    public String label() {
      return "plateau";
    }

    @Override
    public Map<String, Number> settings() {
      return Map.of("decayPatience", patience, "decayRate", rate);
    }
  }
}

package org.charrnn.text.config;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * How the learning rate changes while a model learns. Each schedule is a function of how far
 * training has come, so that a run that goes on from a checkpoint takes the same course.
 *
 * <p>As JSON it says which one it is: {@code {"name": "decay", "after": 10, "rate": 0.97}}.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "name")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Schedule.Constant.class, name = "constant"),
  @JsonSubTypes.Type(value = Schedule.Decay.class, name = "decay"),
  @JsonSubTypes.Type(value = Schedule.Step.class, name = "step"),
  @JsonSubTypes.Type(value = Schedule.Cosine.class, name = "cosine"),
  @JsonSubTypes.Type(value = Schedule.Plateau.class, name = "plateau")
})
public sealed interface Schedule {

  /** What the learning rate of the configuration is multiplied by in the next step. */
  double factor(Moment moment);

  /** Its name, as in {@code --schedule}. */
  String label();

  /**
   * How far training has come.
   *
   * @param step the steps that were made
   * @param epoch the passes that were completed
   * @param totalSteps the steps of all epochs, those that were made included
   * @param reductions how often {@link Plateau} asked for a lower rate
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
  }

  /**
   * The full rate for some passes, then each pass at a share of the rate of the one before it.
   *
   * <p>Source: the recipe of karpathy/char-rnn, which takes 10 and 0.97.
   *
   * @param after the passes at the full rate, at least 1
   * @param rate the share, in {@code (0, 1]}
   */
  record Decay(int after, double rate) implements Schedule {
    /** Checks the numbers. */
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
  }

  /**
   * A share of the rate is left after every so many passes or steps.
   *
   * @param every the passes or steps at the same rate, at least 1
   * @param unit which of both
   * @param rate the share that is left, in {@code (0, 1]}
   */
  record Step(long every, Unit unit, double rate) implements Schedule {

    /** What is counted. */
    public enum Unit {
      /** Passes over the text. */
      EPOCHS,
      /** Updates. */
      STEPS
    }

    /** Checks the numbers. */
    public Step {
      Check.atLeast(1, unit == Unit.EPOCHS ? "decayEvery" : "decayEverySteps", every);
      Check.share("decayRate", rate);
    }

    @Override
    public double factor(Moment moment) {
      long done = unit == Unit.EPOCHS ? moment.epoch() : moment.step();
      return Math.pow(rate, (double) Math.floorDiv(done, every)); // whole ones
    }

    @Override
    public String label() {
      return "step";
    }
  }

  /**
   * A straight line up from nothing, then half a cosine down, which ends with the last epoch. More
   * epochs stretch it from there on.
   *
   * <p>Source: Loshchilov, Hutter, "SGDR: Stochastic gradient descent with warm restarts", ICLR
   * 2017, without restarts; the warm-up is that of Goyal et al., "Accurate, large minibatch SGD",
   * 2017.
   *
   * @param warmupSteps the steps of the way up, at least 0; of a short run no more than a tenth
   * @param end the share of the rate that the way down approaches, in {@code [0, 1]}
   */
  record Cosine(long warmupSteps, double end) implements Schedule {
    /** Checks the numbers. */
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
  }

  /**
   * A share of the rate is left each time when the loss on the held-out text was not the least so
   * far in a number of validations one after the other.
   *
   * @param patience that number, at least 1
   * @param rate the share that is left, in {@code (0, 1]}
   */
  record Plateau(int patience, double rate) implements Schedule {
    /** Checks the numbers. */
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
  }
}

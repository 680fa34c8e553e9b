package org.charrnn.cli.options;

import java.util.LinkedHashMap;
import java.util.Map;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.OptimizerConfig;
import org.charrnn.text.config.Schedule;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the learning rate changes. */
public final class ScheduleOptions {

  private static final int DECAY_AFTER = 10;
  private static final double DECAY_RATE = 0.97;
  private static final double HALF = 0.5;
  private static final long WARMUP_STEPS = 100;

  @Option(
      names = "--schedule",
      paramLabel = "NAME",
      description =
          "How the learning rate changes: constant; decay, each epoch after some; step, every few epochs or steps;"
              + " cosine, up and then down to the last epoch; plateau, when the held-out loss stops falling.")
  private @Nullable String schedule;

  @Option(
      names = "--decay-after",
      paramLabel = "N",
      description = "decay: epochs at the full rate. Default: 10.")
  private @Nullable Integer decayAfter;

  @Option(
      names = "--decay-rate",
      paramLabel = "SHARE",
      description =
          "decay, step, plateau: factor of the rate each time. Default: 0.97 for decay, else 0.5.")
  private @Nullable Double decayRate;

  @Option(
      names = "--decay-every",
      paramLabel = "N",
      description = "step: epochs at the same rate. Default: 1.")
  private @Nullable Integer decayEvery;

  @Option(
      names = "--decay-every-steps",
      paramLabel = "N",
      description = "step: steps at the same rate, instead of epochs.")
  private @Nullable Long decayEverySteps;

  @Option(
      names = "--decay-to",
      paramLabel = "SHARE",
      description = "cosine: factor of the rate at the end. Default: 0.")
  private @Nullable Double decayTo;

  @Option(
      names = "--warmup-steps",
      paramLabel = "N",
      description =
          "cosine: steps in which the rate rises from zero, no more than a tenth of all. Default: 100.")
  private @Nullable Long warmupSteps;

  @Option(
      names = "--decay-patience",
      paramLabel = "N",
      description =
          "plateau: validations without a new best until the rate is reduced. Default: 1.")
  private @Nullable Integer decayPatience;

  /** Creates the group without values; picocli sets them. */
  public ScheduleOptions() {}

  /**
   * Sets the values that were given.
   *
   * @param base the schedule that the other values are taken from
   */
  public void applyTo(OptimizerConfig.Builder config, Schedule base) {
    String name = schedule == null ? base.label() : schedule;
    refuseForeign(name);
    if (!given().isEmpty() || !name.equals(base.label())) {
      config.schedule(withGiven(name.equals(base.label()) ? base : initial(name)));
    }
  }

  /** The defaults of a schedule. */
  private static Schedule initial(String name) {
    return switch (name) {
      case "constant" -> new Schedule.Constant();
      case "decay" -> new Schedule.Decay(DECAY_AFTER, DECAY_RATE);
      case "step" -> new Schedule.Staircase(1, Schedule.Staircase.Unit.EPOCHS, HALF);
      case "cosine" -> new Schedule.Cosine(WARMUP_STEPS, 0);
      case "plateau" -> new Schedule.Plateau(1, HALF);
      default ->
          throw new InvalidOptionException(
              "schedule", name, "one of constant, decay, step, cosine, plateau");
    };
  }

  private Schedule withGiven(Schedule base) {
    return switch (base) {
      case Schedule.Constant constant -> constant;
      case Schedule.Decay(int after, double rate) ->
          new Schedule.Decay(Given.or(decayAfter, after), Given.or(decayRate, rate));
      case Schedule.Staircase step -> step(step);
      case Schedule.Cosine(long warmup, double end) ->
          new Schedule.Cosine(Given.or(warmupSteps, warmup), Given.or(decayTo, end));
      case Schedule.Plateau(int patience, double rate) ->
          new Schedule.Plateau(Given.or(decayPatience, patience), Given.or(decayRate, rate));
    };
  }

  private Schedule step(Schedule.Staircase base) {
    double rate = Given.or(decayRate, base.rate());
    if (decayEvery != null && decayEverySteps != null) {
      throw new InvalidOptionException(
          "decayEverySteps", decayEverySteps, "omitted; it cannot be combined with decayEvery");
    }
    if (decayEverySteps != null) {
      return new Schedule.Staircase(decayEverySteps, Schedule.Staircase.Unit.STEPS, rate);
    }
    return decayEvery != null
        ? new Schedule.Staircase(decayEvery, Schedule.Staircase.Unit.EPOCHS, rate)
        : new Schedule.Staircase(base.every(), base.unit(), rate);
  }

  // ---- which option belongs to which schedule

  private Map<String, Object> given() {
    Map<String, Object> given = new LinkedHashMap<>();
    Given.apply(decayAfter, value -> given.put("decayAfter", value));
    Given.apply(decayRate, value -> given.put("decayRate", value));
    Given.apply(decayEvery, value -> given.put("decayEvery", value));
    Given.apply(decayEverySteps, value -> given.put("decayEverySteps", value));
    Given.apply(decayTo, value -> given.put("decayTo", value));
    Given.apply(warmupSteps, value -> given.put("warmupSteps", value));
    Given.apply(decayPatience, value -> given.put("decayPatience", value));
    return given;
  }

  /** An option without an effect is a misunderstanding. */
  private void refuseForeign(String name) {
    Schedule schedule = initial(name);
    given()
        .forEach((option, value) -> {
          if (!isOf(schedule, option)) {
            throw new InvalidOptionException(
                option, value, "omitted; it cannot be combined with --schedule " + name);
          }
        });
  }

  private static boolean isOf(Schedule schedule, String option) {
    return schedule.settings().containsKey(option)
        || (schedule instanceof Schedule.Staircase && option.startsWith("decayEvery"));
  }
}

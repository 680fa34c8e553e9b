package org.charrnn.cli.options;

import java.util.ArrayList;
import java.util.List;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.Schedule;
import org.charrnn.text.config.TrainingConfigBuilder;
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
              + " cosine, up and then down to the last epoch; plateau, when the held-out loss falls no more.")
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
          "decay, step, plateau: what is left of the rate each time. Default: 0.97 for decay, else 0.5.")
  private @Nullable Double decayRate;

  @Option(
      names = "--decay-every",
      paramLabel = "N",
      description = "step: epochs at the same rate. Default: 1.")
  private @Nullable Integer decayEvery;

  @Option(
      names = "--decay-every-steps",
      paramLabel = "N",
      description = "step: steps at the same rate, in place of epochs.")
  private @Nullable Long decayEverySteps;

  @Option(
      names = "--decay-to",
      paramLabel = "SHARE",
      description = "cosine: what is left of the rate at the end. Default: 0.")
  private @Nullable Double decayTo;

  @Option(
      names = "--warmup-steps",
      paramLabel = "N",
      description =
          "cosine: steps in which the rate grows from nothing, no more than a tenth of all. Default: 100.")
  private @Nullable Long warmupSteps;

  @Option(
      names = "--decay-patience",
      paramLabel = "N",
      description =
          "plateau: validations without a new best until the rate is lowered. Default: 1.")
  private @Nullable Integer decayPatience;

  /** No option typed yet; picocli fills them in. */
  public ScheduleOptions() {}

  /**
   * Sets what the user typed.
   *
   * @param base what holds for all that was not typed
   */
  public void applyTo(TrainingConfigBuilder config, Schedule base) {
    String name = schedule == null ? base.label() : schedule;
    refuseForeign(name);
    if (!typed().isEmpty() || !name.equals(base.label())) {
      config.schedule(typedOver(name.equals(base.label()) ? base : initial(name)));
    }
  }

  /** The defaults of a schedule. */
  private static Schedule initial(String name) {
    return switch (name) {
      case "constant" -> new Schedule.Constant();
      case "decay" -> new Schedule.Decay(DECAY_AFTER, DECAY_RATE);
      case "step" -> new Schedule.Step(1, Schedule.Step.Unit.EPOCHS, HALF);
      case "cosine" -> new Schedule.Cosine(WARMUP_STEPS, 0);
      case "plateau" -> new Schedule.Plateau(1, HALF);
      default ->
          throw new InvalidOptionException(
              "schedule", name, "one of constant, decay, step, cosine, plateau");
    };
  }

  private Schedule typedOver(Schedule base) {
    return switch (base) {
      case Schedule.Constant constant -> constant;
      case Schedule.Decay(int after, double rate) ->
          new Schedule.Decay(Given.or(decayAfter, after), Given.or(decayRate, rate));
      case Schedule.Step step -> step(step);
      case Schedule.Cosine(long warmup, double end) ->
          new Schedule.Cosine(Given.or(warmupSteps, warmup), Given.or(decayTo, end));
      case Schedule.Plateau(int patience, double rate) ->
          new Schedule.Plateau(Given.or(decayPatience, patience), Given.or(decayRate, rate));
    };
  }

  private Schedule step(Schedule.Step base) {
    double rate = Given.or(decayRate, base.rate());
    if (decayEvery != null && decayEverySteps != null) {
      throw new InvalidOptionException(
          "decayEverySteps", decayEverySteps, "left away where decayEvery is given");
    }
    if (decayEverySteps != null) {
      return new Schedule.Step(decayEverySteps, Schedule.Step.Unit.STEPS, rate);
    }
    return decayEvery != null
        ? new Schedule.Step(decayEvery, Schedule.Step.Unit.EPOCHS, rate)
        : new Schedule.Step(base.every(), base.unit(), rate);
  }

  // ---- which option belongs to which schedule

  /** An option of the schedules that are named. */
  private record Required(String option, Object value, List<String> schedules) {}

  private List<Required> typed() {
    List<Required> typed = new ArrayList<>();
    add(typed, "decayAfter", decayAfter, "decay");
    add(typed, "decayRate", decayRate, "decay", "step", "plateau");
    add(typed, "decayEvery", decayEvery, "step");
    add(typed, "decayEverySteps", decayEverySteps, "step");
    add(typed, "decayTo", decayTo, "cosine");
    add(typed, "warmupSteps", warmupSteps, "cosine");
    add(typed, "decayPatience", decayPatience, "plateau");
    return typed;
  }

  private static void add(
      List<Required> typed, String option, @Nullable Object value, String... schedules) {
    if (value != null) {
      typed.add(new Required(option, value, List.of(schedules)));
    }
  }

  /** An option that would have no effect is a misunderstanding. */
  private void refuseForeign(String name) {
    initial(name);
    for (Required typed : typed()) {
      if (!typed.schedules().contains(name)) {
        throw new InvalidOptionException(
            typed.option(),
            typed.value(),
            "left away with --schedule %s; it belongs to %s"
                .formatted(name, String.join(", ", typed.schedules())));
      }
    }
  }
}

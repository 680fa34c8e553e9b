package org.charrnn.cli.record;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.charrnn.text.evaluation.Baseline;
import org.charrnn.text.training.Loss;
import org.charrnn.text.training.TrainingPlan;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The facts about a run that are not in its configuration: {@code run.json}.
 *
 * @param corpus the source of the text
 * @param model the checkpoint
 * @param accelerator the name of the accelerator
 * @param vocabulary the size of the vocabulary
 * @param parameters the number of trainable parameters
 * @param trainingCharacters the number of training characters
 * @param heldOutCharacters the number of held-out characters
 * @param testCharacters the number of characters for the test
 * @param test the loss on those in nats per character, if the run has ended
 * @param totalSteps the number of steps planned
 * @param baseline the losses of n-gram models on the held-out text; empty if unknown
 * @param baselineNote the reason why they are unknown; empty if they are known
 * @param run the id of the run; empty for a run of a version that had none
 */
public record RunFacts(
    String corpus,
    String model,
    String accelerator,
    int vocabulary,
    long parameters,
    long trainingCharacters,
    long heldOutCharacters,
    long testCharacters,
    OptionalDouble test,
    long totalSteps,
    List<Baseline.NGramLoss> baseline,
    String baselineNote,
    Optional<String> run) {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  public static RunFacts of(TrainingPlan plan, String corpus, String model, String accelerator) {
    return new RunFacts(
        corpus,
        model,
        accelerator,
        plan.vocabularySize(),
        plan.parameters(),
        plan.trainingCharacters(),
        plan.heldOutCharacters(),
        plan.testCharacters(),
        OptionalDouble.empty(),
        plan.totalSteps(),
        List.of(),
        "",
        plan.runId());
  }

  public RunFacts with(List<Baseline.NGramLoss> losses, String note) {
    return with(test, List.copyOf(losses), note);
  }

  public RunFacts withTest(double nats) {
    return with(OptionalDouble.of(nats), baseline, baselineNote);
  }

  private RunFacts with(OptionalDouble newTest, List<Baseline.NGramLoss> losses, String note) {
    return new RunFacts(
        corpus,
        model,
        accelerator,
        vocabulary,
        parameters,
        trainingCharacters,
        heldOutCharacters,
        testCharacters,
        newTest,
        totalSteps,
        losses,
        note,
        run);
  }

  public RunFacts with(Baseline counted) {
    return with(counted.losses(), "");
  }

  public boolean isBaselineSettled() {
    return !baseline.isEmpty() || !baselineNote.isEmpty();
  }

  public String json() {
    List<Map<String, Object>> losses = new ArrayList<>();
    for (Baseline.NGramLoss row : baseline) {
      Map<String, Object> loss = new LinkedHashMap<>();
      loss.put("order", row.order());
      loss.put("characters", row.loss().characters());
      loss.put("nats_per_char", row.loss().nats());
      losses.add(loss);
    }
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("corpus", corpus);
    object.put("model", model);
    object.put("accelerator", accelerator);
    object.put("vocabulary", vocabulary);
    object.put("parameters", parameters);
    object.put("training_characters", trainingCharacters);
    object.put("held_out_characters", heldOutCharacters);
    object.put("test_characters", testCharacters);
    test.ifPresent(nats -> object.put("test_nats_per_char", nats));
    object.put("total_steps", totalSteps);
    object.put("baseline", losses);
    object.put("baseline_note", baselineNote);
    run.ifPresent(id -> object.put("run", id));
    return MAPPER.writeValueAsString(object) + "\n";
  }

  /**
   * Parses the file.
   *
   * @throws IOException if the text is malformed
   */
  public static RunFacts parse(String text) throws IOException {
    JsonFields fields = JsonFields.parse(text);
    List<Baseline.NGramLoss> losses = new ArrayList<>();
    for (JsonFields loss : fields.objects("baseline")) {
      losses.add(
          new Baseline.NGramLoss(
              loss.smallInteger("order", 1),
              new Loss(loss.integer("characters", 0), loss.number("nats_per_char"))));
    }
    return new RunFacts(
        fields.text("corpus"),
        fields.text("model"),
        fields.text("accelerator"),
        fields.smallInteger("vocabulary", 0),
        fields.integer("parameters", 0),
        fields.integer("training_characters", 0),
        fields.integer("held_out_characters", 0),
        fields.integer("test_characters", 0),
        fields.optionalNumber("test_nats_per_char"),
        fields.integer("total_steps", 0),
        losses,
        fields.text("baseline_note"),
        fields.optionalText("run"));
  }
}

package org.charrnn.text.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.charrnn.api.network.DropoutKind;
import org.charrnn.api.network.GradientSum;
import org.charrnn.api.network.Norm;
import org.charrnn.text.corpus.Vocabulary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingConfigTest {

  static Stream<Arguments> impossibleValues() {
    return Stream.of(
        refused("hiddenSize must be at least 1: 0", b -> b.model(it -> it.hiddenSize(0))),
        refused("layers must be from 1 to 100: -1", b -> b.model(it -> it.layers(-1))),
        refused("embeddingSize must be at least 0: -1", b -> b.model(it -> it.embeddingSize(-1))),
        refused("seqLength must be at least 1: 0", b -> b.windows(it -> it.seqLength(0))),
        refused("batchSize must be at least 1: 0", b -> b.windows(it -> it.batchSize(0))),
        refused("epochs must be at least 1: 0", b -> b.run(it -> it.epochs(0))),
        refused("maxSteps must be at least 1: 0", b -> b.run(it -> it.maxSteps(0))),
        refused("saveEvery must be at least 1: 0", b -> b.run(it -> it.saveEvery(0))),
        refused("sampleLength must be at least 0: -1", b -> b.sample(it -> it.length(-1))),
        refused(
            "learningRate must be a number greater than 0: NaN",
            b -> b.optimizer(it -> it.learningRate(Double.NaN))),
        refused(
            "learningRate must be a number greater than 0: 0.0",
            b -> b.optimizer(it -> it.learningRate(0))),
        refused(
            "learningRate must be a number greater than 0: Infinity",
            b -> b.optimizer(it -> it.learningRate(Double.POSITIVE_INFINITY))),
        refused(
            "clipNorm must be a number greater than 0: -1.0",
            b -> b.optimizer(it -> it.clipNorm(-1))),
        refused(
            "initialDeviation must be a number greater than 0: 0.0",
            b -> b.model(it -> it.initialDeviation(0))),
        refused("validation must be in [0.0, 1.0): 1.0", b -> b.run(it -> it.validation(1))),
        refused(
            "validation must be in [0.0, 1.0): NaN", b -> b.run(it -> it.validation(Double.NaN))),
        refused(
            "clipValue must be a number greater than 0: 0.0",
            b -> b.optimizer(it -> it.clipValue(0))),
        refused("accumulate must be at least 1: 0", b -> b.optimizer(it -> it.accumulate(0))),
        refused(
            "embeddingSize must be at least 1 if tieWeights uses the embedding for the output too: 0",
            b -> b.model(it -> it.embeddingSize(0).tieWeights(true))),
        refused("dropout must be in [0.0, 1.0): 1.0", b -> b.optimizer(it -> it.dropout(1))),
        refused(
            "validateEverySteps must be at least 1: 0",
            b -> b.watch(it -> it.validateEverySteps(0))),
        refused("saveEverySteps must be at least 1: 0", b -> b.watch(it -> it.saveEverySteps(0))),
        refused("patience must be at least 1: 0", b -> b.watch(it -> it.patience(0))),
        refused(
            "maxTime must be longer than no time: PT0S",
            b -> b.watch(it -> it.maxTime(Duration.ZERO))),
        refused(
            "schedule must be another one if no text is held out, since validation is 0: plateau",
            b ->
                b.run(it -> it.validation(0))
                    .optimizer(it -> it.schedule(new Schedule.Plateau(1, 0.5)))),
        refused("test must be in [0.0, 1.0): 1.0", b -> b.run(it -> it.test(1))),
        refused(
            "temperature must be in [0.0, Infinity): -0.5",
            b -> b.sample(it -> it.temperature(-0.5))),
        refused("prompt must be at least one symbol: ''", b -> b.sample(it -> it.prompt(""))),
        refused("cell must be the name of a plugin: ' '", b -> b.model(it -> it.cell(" "))),
        refused("optimizer must be the name of a plugin: ''", b -> b.optimizer(it -> it.name(""))),
        refused(
            "tokenizer must be the name of a plugin: ''", b -> b.model(it -> it.tokenizer(""))));
  }

  private static Arguments refused(String message, UnaryOperator<TrainingConfig.Builder> change) {
    return Arguments.of(message, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("impossibleValues")
  void build_namesTheOptionAtFault(String message, UnaryOperator<TrainingConfig.Builder> change) {
    TrainingConfig.Builder builder = change.apply(TrainingConfig.builder());
    var e = assertThrows(InvalidOptionException.class, builder::build);
    assertEquals(message, e.getMessage());
    assertTrue(message.startsWith(e.option() + " "), e.option());
  }

  @ParameterizedTest
  @EnumSource
  void toBuilder_changesNothingByItself(Profile profile) {
    assertEquals(profile.config(), profile.config().toBuilder().build());
  }

  @Test
  void embedding_isAsWideAsTheState_unlessItHasASizeOfItsOwn() {
    TrainingConfig.Builder builder = TrainingConfig.builder().model(it -> it.hiddenSize(64));
    assertEquals(64, builder.build().model().embeddingColumns());
    assertEquals(9, builder.model(it -> it.embeddingSize(9)).build().model().embeddingColumns());
    assertEquals(
        64, builder.model(it -> it.embeddingOfHiddenSize()).build().model().embeddingColumns());
    assertEquals(0, Profile.SEED.config().model().embeddingColumns());
  }

  @Test
  void builder_setsEachComponent() {
    TrainingConfig config =
        TrainingConfig.builder()
            .model(it ->
                it.tokenizer("word")
                    .vocabularyOrder(Vocabulary.Order.FREQUENCY)
                    .cell("lstm")
                    .embeddingSize(8)
                    .hiddenSize(8)
                    .layers(2)
                    .tieWeights(true)
                    .direction(ReadingDirection.BACKWARD)
                    .residual(true)
                    .norm(Norm.RMS)
                    .initialDeviation(0.5))
            .optimizer(it ->
                it.name("adam")
                    .learningRate(0.25)
                    .hyperparameter("beta", 0.9)
                    .clipNorm(3)
                    .clipValue(0.5)
                    .accumulate(6)
                    .gradientSum(GradientSum.RUNNING)
                    .meanLoss(false)
                    .dropout(0.25)
                    .dropoutKind(DropoutKind.LOCKED)
                    .recurrentDropout(0.125)
                    .schedule(new Schedule.Decay(4, 0.5)))
            .windows(it -> it.seqLength(9).batchSize(10).carryState(false))
            .run(it ->
                it.epochs(11)
                    .steps(10)
                    .maxSteps(12)
                    .saveEvery(13)
                    .validation(0.125)
                    .test(0.25)
                    .seed(14))
            .sample(it -> it.prompt("^").length(15).temperature(0.75))
            .documents(it ->
                it.documentBegin("^")
                    .documentSeparator(DocumentConfig.Separator.BLANK_LINE)
                    .resetAtDocuments(true))
            .watch(it ->
                it.validateEverySteps(16)
                    .saveEverySteps(17)
                    .patience(18)
                    .maxTime(Duration.ofSeconds(19)))
            .rounds(it ->
                it.workers(20)
                    .roundMode(RoundConfig.Mode.OUTER)
                    .outerEvery(21)
                    .outerLearningRate(0.5)
                    .outerMomentum(0.75))
            .build();
    assertEquals(
        new TrainingConfig(
            new ModelConfig(
                "word",
                Vocabulary.Order.FREQUENCY,
                "lstm",
                OptionalInt.of(8),
                8,
                2,
                OptionalDouble.of(0.5),
                true,
                ReadingDirection.BACKWARD,
                true,
                Norm.RMS),
            new OptimizerConfig(
                "adam",
                OptionalDouble.of(0.25),
                Map.of("beta", 0.9),
                OptionalDouble.of(3),
                OptionalDouble.of(0.5),
                6,
                GradientSum.RUNNING,
                false,
                0.25,
                DropoutKind.LOCKED,
                0.125,
                new Schedule.Decay(4, 0.5)),
            new WindowConfig(9, 10, false),
            new RunConfig(11, OptionalLong.of(10), OptionalLong.of(12), 13, 0.125, 0.25, 14),
            new SampleConfig(Optional.of("^"), 15, 0.75),
            new DocumentConfig(Optional.of("^"), DocumentConfig.Separator.BLANK_LINE, true),
            new WatchConfig(
                OptionalLong.of(16),
                OptionalLong.of(17),
                OptionalInt.of(18),
                Optional.of(Duration.ofSeconds(19))),
            new RoundConfig(20, RoundConfig.Mode.OUTER, 21, 0.5, 0.75)),
        config);
  }

  @Test
  void builder_removesWhatIsOptional() {
    TrainingConfig config =
        Profile.SEED.config().toBuilder()
            .model(it -> it.noInitialDeviation())
            .optimizer(it -> it.clipNorm(1).noClipNorm().clipValue(1).noClipValue())
            .run(it -> it.steps(1).noSteps().maxSteps(1).noMaxSteps())
            .watch(it ->
                it.validateEverySteps(1)
                    .noValidateEverySteps()
                    .saveEverySteps(1)
                    .noSaveEverySteps()
                    .patience(1)
                    .noPatience()
                    .maxTime(Duration.ofDays(1))
                    .noMaxTime())
            .documents(it -> it.documentBegin("^").noDocumentBegin())
            .optimizer(it -> it.defaultLearningRate())
            .build();
    assertEquals(OptionalDouble.empty(), config.model().initialDeviation());
    assertEquals(OptionalDouble.empty(), config.optimizer().clipNorm());
    assertEquals(OptionalDouble.empty(), config.optimizer().clipValue());
    assertEquals(OptionalDouble.empty(), config.optimizer().learningRate());
    assertEquals(OptionalLong.empty(), config.run().steps());
    assertEquals(OptionalLong.empty(), config.run().maxSteps());
    assertEquals(
        new WatchConfig(
            OptionalLong.empty(), OptionalLong.empty(), OptionalInt.empty(), Optional.empty()),
        config.watch());
    assertEquals(Profile.STANDARD.config().documents(), config.documents());
  }

  @Test
  void optimizer_anotherOneDoesNotInheritRateAndHyperparameters() {
    TrainingConfig base =
        Profile.SEED.config().toBuilder()
            .optimizer(it -> it.hyperparameter("epsilon", 1e-6))
            .build();
    OptimizerConfig other = base.toBuilder().optimizer(it -> it.name("sgd")).build().optimizer();
    assertEquals(OptionalDouble.empty(), other.learningRate());
    assertEquals(Map.of(), other.hyperparameters());
    OptimizerConfig same = base.toBuilder().optimizer(it -> it.name("adagrad")).build().optimizer();
    assertEquals(base.optimizer(), same);
  }

  @Test
  void optimizer_rateThatIsSetCountsInAnyOrder() {
    OptionalDouble rate = OptionalDouble.of(0.25);
    assertEquals(
        rate,
        TrainingConfig.builder()
            .optimizer(it -> it.learningRate(0.25).name("sgd"))
            .build()
            .optimizer()
            .learningRate());
    assertEquals(
        rate,
        TrainingConfig.builder()
            .optimizer(it -> it.name("sgd").learningRate(0.25))
            .build()
            .optimizer()
            .learningRate());
  }

  @Test
  void seedProfile_isTheSeedsRecipe() {
    TrainingConfig seed = Profile.SEED.config();
    assertEquals(100, seed.model().hiddenSize());
    assertEquals(1, seed.model().layers());
    assertEquals(OptionalDouble.of(0.01), seed.model().initialDeviation());
    assertEquals(new WindowConfig(25, 1, false), seed.windows());
    assertEquals(
        new OptimizerConfig(
            "adagrad",
            OptionalDouble.of(0.005),
            Map.of(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            1,
            GradientSum.COMPLETE,
            false,
            0,
            DropoutKind.INDEPENDENT,
            0,
            new Schedule.Constant()),
        seed.optimizer());
    assertEquals(50, seed.run().epochs());
    assertEquals(5, seed.run().saveEvery());
    assertEquals(100, seed.sample().length());
    assertEquals(0, seed.sample().temperature());
  }

  @Test
  void named_findsProfilesAndListsThemOtherwise() {
    assertEquals(Profile.SEED, Profile.named("seed"));
    var e = assertThrows(InvalidOptionException.class, () -> Profile.named("sede"));
    assertEquals("profile must be one of seed, small, standard, best: sede", e.getMessage());
  }
}

package org.charrnn.text.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.charrnn.text.corpus.DocumentSeparator;
import org.charrnn.text.corpus.VocabularyOrder;
import org.jspecify.annotations.Nullable;

/**
 * Changes some of a configuration. Each method sets the component of that name and returns this
 * builder; values are checked by {@link #build}, which names the first one at fault.
 *
 * <p><b>Thread safety.</b> None: a builder belongs to one thread.
 */
public final class TrainingConfigBuilder {

  private final OptimizerConfig base;
  private String tokenizer;
  private VocabularyOrder vocabularyOrder;
  private String cell;
  private OptionalInt embeddingSize;
  private int hiddenSize;
  private int layers;
  private OptionalDouble initialDeviation;
  private boolean tieWeights;
  private String optimizer;
  private @Nullable OptionalDouble learningRate;
  private final Map<String, Double> hyperparameters = new TreeMap<>();
  private OptionalDouble clipNorm;
  private OptionalDouble clipValue;
  private int accumulate;
  private boolean meanLoss;
  private double dropout;
  private Schedule schedule;
  private int seqLength;
  private int batchSize;
  private boolean carryState;
  private int epochs;
  private OptionalLong maxSteps;
  private int saveEvery;
  private double validation;
  private double test;
  private long seed;
  private Optional<String> begin;
  private int sampleLength;
  private double temperature;
  private Optional<String> documentBegin;
  private DocumentSeparator documentSeparator;
  private boolean resetAtDocuments;
  private OptionalLong validateEverySteps;
  private OptionalLong saveEverySteps;
  private OptionalInt patience;
  private Optional<Duration> maxTime;

  TrainingConfigBuilder(TrainingConfig config) {
    this.base = config.optimizer();
    this.tokenizer = config.model().tokenizer();
    this.vocabularyOrder = config.model().vocabularyOrder();
    this.cell = config.model().cell();
    this.embeddingSize = config.model().embeddingSize();
    this.hiddenSize = config.model().hiddenSize();
    this.layers = config.model().layers();
    this.initialDeviation = config.model().initialDeviation();
    this.tieWeights = config.model().tieWeights();
    this.optimizer = base.name();
    this.clipNorm = base.clipNorm();
    this.clipValue = base.clipValue();
    this.accumulate = base.accumulate();
    this.meanLoss = base.meanLoss();
    this.dropout = base.dropout();
    this.schedule = base.schedule();
    this.seqLength = config.windows().seqLength();
    this.batchSize = config.windows().batchSize();
    this.carryState = config.windows().carryState();
    this.epochs = config.run().epochs();
    this.maxSteps = config.run().maxSteps();
    this.saveEvery = config.run().saveEvery();
    this.validation = config.run().validation();
    this.test = config.run().test();
    this.seed = config.run().seed();
    this.begin = config.sample().begin();
    this.sampleLength = config.sample().length();
    this.temperature = config.sample().temperature();
    this.documentBegin = config.documents().documentBegin();
    this.documentSeparator = config.documents().documentSeparator();
    this.resetAtDocuments = config.documents().resetAtDocuments();
    this.validateEverySteps = config.watch().validateEverySteps();
    this.saveEverySteps = config.watch().saveEverySteps();
    this.patience = config.watch().patience();
    this.maxTime = config.watch().maxTime();
  }

  /** All that a model is made of. */
  public TrainingConfigBuilder model(ModelConfig value) {
    tokenizer = value.tokenizer();
    vocabularyOrder = value.vocabularyOrder();
    cell = value.cell();
    embeddingSize = value.embeddingSize();
    hiddenSize = value.hiddenSize();
    layers = value.layers();
    initialDeviation = value.initialDeviation();
    tieWeights = value.tieWeights();
    return this;
  }

  /** The name of the tokenizer. */
  public TrainingConfigBuilder tokenizer(String value) {
    tokenizer = value;
    return this;
  }

  /** Which symbol gets which id. */
  public TrainingConfigBuilder vocabularyOrder(VocabularyOrder value) {
    vocabularyOrder = value;
    return this;
  }

  /** The name of the cell. */
  public TrainingConfigBuilder cell(String value) {
    cell = value;
    return this;
  }

  /** Columns of the embedding; 0 for none. */
  public TrainingConfigBuilder embeddingSize(int value) {
    embeddingSize = OptionalInt.of(value);
    return this;
  }

  /** An embedding with as many columns as the state has. */
  public TrainingConfigBuilder embeddingOfHiddenSize() {
    embeddingSize = OptionalInt.empty();
    return this;
  }

  /** Columns of the state of each layer. */
  public TrainingConfigBuilder hiddenSize(int value) {
    hiddenSize = value;
    return this;
  }

  /** The number of layers. */
  public TrainingConfigBuilder layers(int value) {
    layers = value;
    return this;
  }

  /** The standard deviation of all weights at first. */
  public TrainingConfigBuilder initialDeviation(double value) {
    initialDeviation = OptionalDouble.of(value);
    return this;
  }

  /** Lets the cell prescribe how weights begin. */
  public TrainingConfigBuilder noInitialDeviation() {
    initialDeviation = OptionalDouble.empty();
    return this;
  }

  /** Whether the output layer uses the embedding. */
  public TrainingConfigBuilder tieWeights(boolean value) {
    tieWeights = value;
    return this;
  }

  /**
   * The name of the optimizer. The learning rate and the hyperparameters that this builder began
   * with were meant for the one it began with; another one gets its own defaults, unless they are
   * set here, before or after.
   */
  public TrainingConfigBuilder optimizer(String value) {
    optimizer = value;
    return this;
  }

  /** The learning rate. */
  public TrainingConfigBuilder learningRate(double value) {
    learningRate = OptionalDouble.of(value);
    return this;
  }

  /** Takes the optimizer's default as learning rate. */
  public TrainingConfigBuilder defaultLearningRate() {
    learningRate = OptionalDouble.empty();
    return this;
  }

  /** Sets one hyperparameter of the optimizer. */
  public TrainingConfigBuilder hyperparameter(String name, double value) {
    hyperparameters.put(name, value);
    return this;
  }

  /** The greatest global norm of the gradients. */
  public TrainingConfigBuilder clipNorm(double value) {
    clipNorm = OptionalDouble.of(value);
    return this;
  }

  /** The greatest absolute value of each element of a gradient. */
  public TrainingConfigBuilder clipValue(double value) {
    clipValue = OptionalDouble.of(value);
    return this;
  }

  /** Leaves elements of gradients as they are. */
  public TrainingConfigBuilder noClipValue() {
    clipValue = OptionalDouble.empty();
    return this;
  }

  /** The windows whose gradients make one update. */
  public TrainingConfigBuilder accumulate(int value) {
    accumulate = value;
    return this;
  }

  /** Leaves the norm of the gradients as it is. */
  public TrainingConfigBuilder noClipping() {
    clipNorm = OptionalDouble.empty();
    return this;
  }

  /** Whether the mean of the losses is differentiated, not their sum. */
  public TrainingConfigBuilder meanLoss(boolean value) {
    meanLoss = value;
    return this;
  }

  /** The share of the inputs of each layer that a step leaves out; 0 for none. */
  public TrainingConfigBuilder dropout(double value) {
    dropout = value;
    return this;
  }

  /** How the learning rate changes. */
  public TrainingConfigBuilder schedule(Schedule value) {
    schedule = value;
    return this;
  }

  /** The steps of a window. */
  public TrainingConfigBuilder seqLength(int value) {
    seqLength = value;
    return this;
  }

  /** The number of streams read side by side. */
  public TrainingConfigBuilder batchSize(int value) {
    batchSize = value;
    return this;
  }

  /** Whether a window begins with the state that the one before it left. */
  public TrainingConfigBuilder carryState(boolean value) {
    carryState = value;
    return this;
  }

  /** The number of passes over the training text. */
  public TrainingConfigBuilder epochs(int value) {
    epochs = value;
    return this;
  }

  /** The greatest number of steps. */
  public TrainingConfigBuilder maxSteps(long value) {
    maxSteps = OptionalLong.of(value);
    return this;
  }

  /** Lets the epochs alone say when to end. */
  public TrainingConfigBuilder noMaxSteps() {
    maxSteps = OptionalLong.empty();
    return this;
  }

  /** The number of epochs from one checkpoint to the next. */
  public TrainingConfigBuilder saveEvery(int value) {
    saveEvery = value;
    return this;
  }

  /** The share of the text that is held out. */
  public TrainingConfigBuilder validation(double value) {
    validation = value;
    return this;
  }

  /** The share of the text that is measured once, when training is over. */
  public TrainingConfigBuilder test(double value) {
    test = value;
    return this;
  }

  /** Determines all randomness. */
  public TrainingConfigBuilder seed(long value) {
    seed = value;
    return this;
  }

  /** The text that samples begin with. */
  public TrainingConfigBuilder begin(String value) {
    begin = Optional.of(value);
    return this;
  }

  /** The number of symbols of a sample. */
  public TrainingConfigBuilder sampleLength(int value) {
    sampleLength = value;
    return this;
  }

  /** The temperature of samples; 0 for greedy. */
  public TrainingConfigBuilder temperature(double value) {
    temperature = value;
    return this;
  }

  /** The symbol that begins each document. */
  public TrainingConfigBuilder documentBegin(String value) {
    documentBegin = Optional.of(value);
    return this;
  }

  /** Lets no symbol begin documents. */
  public TrainingConfigBuilder noDocumentBegin() {
    documentBegin = Optional.empty();
    return this;
  }

  /** What stands between documents. */
  public TrainingConfigBuilder documentSeparator(DocumentSeparator value) {
    documentSeparator = value;
    return this;
  }

  /** Whether the state is zero where a document begins. */
  public TrainingConfigBuilder resetAtDocuments(boolean value) {
    resetAtDocuments = value;
    return this;
  }

  /** The steps from one measuring of the held-out text to the next. */
  public TrainingConfigBuilder validateEverySteps(long value) {
    validateEverySteps = OptionalLong.of(value);
    return this;
  }

  /** Measures at the ends of passes alone. */
  public TrainingConfigBuilder noValidateEverySteps() {
    validateEverySteps = OptionalLong.empty();
    return this;
  }

  /** The steps from one checkpoint to the next. */
  public TrainingConfigBuilder saveEverySteps(long value) {
    saveEverySteps = OptionalLong.of(value);
    return this;
  }

  /** Saves at the ends of passes alone. */
  public TrainingConfigBuilder noSaveEverySteps() {
    saveEverySteps = OptionalLong.empty();
    return this;
  }

  /** The validations without a new best after which to end. */
  public TrainingConfigBuilder patience(int value) {
    patience = OptionalInt.of(value);
    return this;
  }

  /** Goes on however little the held-out text improves. */
  public TrainingConfigBuilder noPatience() {
    patience = OptionalInt.empty();
    return this;
  }

  /** The time after which to end. */
  public TrainingConfigBuilder maxTime(Duration value) {
    maxTime = Optional.of(value);
    return this;
  }

  /** Takes as long as it takes. */
  public TrainingConfigBuilder noMaxTime() {
    maxTime = Optional.empty();
    return this;
  }

  /**
   * The configuration.
   *
   * @throws InvalidOptionException if a value is impossible; the message names the option
   */
  public TrainingConfig build() {
    return new TrainingConfig(
        new ModelConfig(
            tokenizer,
            vocabularyOrder,
            cell,
            embeddingSize,
            hiddenSize,
            layers,
            initialDeviation,
            tieWeights),
        buildOptimizer(),
        new WindowConfig(seqLength, batchSize, carryState),
        new RunConfig(epochs, maxSteps, saveEvery, validation, test, seed),
        new SampleConfig(begin, sampleLength, temperature),
        new DocumentConfig(documentBegin, documentSeparator, resetAtDocuments),
        new WatchConfig(validateEverySteps, saveEverySteps, patience, maxTime));
  }

  private OptimizerConfig buildOptimizer() {
    boolean same = optimizer.equals(base.name());
    OptionalDouble rate = learningRate;
    if (rate == null) {
      rate = same ? base.learningRate() : OptionalDouble.empty();
    }
    Map<String, Double> merged = new TreeMap<>(same ? base.hyperparameters() : Map.of());
    merged.putAll(hyperparameters);
    return new OptimizerConfig(
        optimizer, rate, merged, clipNorm, clipValue, accumulate, meanLoss, dropout, schedule);
  }
}

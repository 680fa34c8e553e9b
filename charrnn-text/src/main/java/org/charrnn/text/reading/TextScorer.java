package org.charrnn.text.reading;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.charrnn.api.Tokenizer;
import org.charrnn.text.config.DocumentConfig;
import org.charrnn.text.config.ReadingDirection;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.device.Piece;
import org.charrnn.text.encoding.Encoder;
import org.charrnn.text.engine.Start;
import org.charrnn.text.scoring.Embeddings;
import org.charrnn.text.scoring.ScoringOptions;
import org.charrnn.text.scoring.State;
import org.charrnn.text.scoring.TextScore;
import org.jspecify.annotations.Nullable;

/**
 * Scores, ranks and embeds texts: the link between {@link org.charrnn.text.LanguageModel} and
 * pieces of ids.
 */
public final class TextScorer {

  /** How many ids are read together when many texts are scored. */
  private static final int BATCH_IDS = 1 << 16;

  private static final String LINE_FEED = "\n";

  private final DocumentConfig documents;
  private final ReadingDirection direction;
  private final Vocabulary vocabulary;
  private final Tokenizer tokenizer;
  private final int warmUp;
  private final int dimension;
  private final PieceReader losses;
  private final PieceReader hiddenStates;
  private final States states;

  /** Reads pieces to their ends. */
  public interface PieceReader {
    void read(List<Piece> pieces);
  }

  /** States of the model. */
  public interface States {
    /** The carried state and the ids that a state of this model consists of. */
    Start start(State state);

    /** Reads all ids but the last one. */
    Start read(Start start);
  }

  /** The context of a text, as results report it and as the model reads it. */
  public record Prefix(ScoringOptions.Context context, Start start) {}

  /**
   * Scores texts with a model.
   *
   * @param warmUp how many ids before each piece of a long text are read
   * @param losses computes losses
   * @param hiddenStates computes outputs of the last layer
   */
  public TextScorer(
      TrainingConfig config,
      Vocabulary vocabulary,
      Tokenizer tokenizer,
      int warmUp,
      PieceReader losses,
      PieceReader hiddenStates,
      States states) {
    this.documents = config.documents();
    this.direction = config.model().direction();
    this.vocabulary = vocabulary;
    this.tokenizer = tokenizer;
    this.warmUp = warmUp;
    this.dimension = config.model().hiddenSize();
    this.losses = losses;
    this.hiddenStates = hiddenStates;
    this.states = states;
  }

  // ---- scores

  public TextScore score(String text, ScoringOptions options) {
    return score(List.of(task(text, options))).getFirst();
  }

  public Stream<TextScore> scoreAll(Stream<String> texts, ScoringOptions options) {
    Iterator<TextScore> scores = new Batches(texts.iterator(), prefix(options), options);
    Spliterator<TextScore> ordered =
        Spliterators.spliteratorUnknownSize(scores, Spliterator.ORDERED | Spliterator.NONNULL);
    return StreamSupport.stream(ordered, false).onClose(texts::close);
  }

  public List<TextScore> rank(Iterable<String> candidates, ScoringOptions options) {
    List<TextScore> ranked = new ArrayList<>();
    Prefix prefix = prefix(options);
    Prefix read = new Prefix(prefix.context(), states.read(prefix.start()));
    Iterator<TextScore> scores = new Batches(candidates.iterator(), read, options);
    scores.forEachRemaining(ranked::add);
    ranked.sort(Comparator.comparingDouble(TextScore::logProbability).reversed());
    return List.copyOf(ranked);
  }

  /** A text to be scored. */
  public ScoringTask task(String text, ScoringOptions options) {
    return task(text, prefix(options), options);
  }

  private ScoringTask task(String text, Prefix prefix, ScoringOptions options) {
    return new ScoringTask(text, prefix, direction, options.unknownNats(), vocabulary, tokenizer);
  }

  private Prefix prefix(ScoringOptions options) {
    ScoringOptions.Context context = options.context().orElseGet(this::standardContext);
    return new Prefix(context, start(context));
  }

  private Start start(ScoringOptions.Context context) {
    return switch (context) {
      case ScoringOptions.Context.None _ -> Start.of();
      case ScoringOptions.Context.Text before -> Start.of(idsInReadingOrder(before.text()));
      case ScoringOptions.Context.After after -> states.start(after.state());
    };
  }

  /** The start of a text that follows the standard context. */
  public Start standardStart() {
    return start(standardContext());
  }

  private int[] idsInReadingOrder(String text) {
    return direction.inReadingOrder(new Encoder(vocabulary, tokenizer).encode(text));
  }

  /** See {@link ScoringOptions#context}. */
  private ScoringOptions.Context standardContext() {
    Optional<String> begin = documents.documentBegin();
    if (begin.isPresent()) {
      return new ScoringOptions.Context.Text(begin.get());
    }
    if (vocabulary.find(LINE_FEED).isEmpty()) {
      return new ScoringOptions.Context.None();
    }
    boolean blankLine = documents.documentSeparator() == DocumentConfig.Separator.BLANK_LINE;
    return new ScoringOptions.Context.Text(blankLine ? LINE_FEED + LINE_FEED : LINE_FEED);
  }

  /** Long texts are read first, so that few rows are idle at the end. */
  private List<TextScore> score(List<ScoringTask> tasks) {
    losses.read(
        tasks.stream()
            .flatMap(task -> task.pieces(warmUp).stream())
            .sorted(Comparator.comparingInt(Piece::length).reversed())
            .toList());
    return tasks.stream().map(ScoringTask::score).toList();
  }

  /** Scores texts, many at a time. */
  private final class Batches implements Iterator<TextScore> {

    private final Iterator<String> texts;
    private final Prefix prefix;
    private final ScoringOptions options;
    private Iterator<TextScore> scores = List.<TextScore>of().iterator();
    private @Nullable RuntimeException failure; // of the text after the batch

    Batches(Iterator<String> texts, Prefix prefix, ScoringOptions options) {
      this.texts = texts;
      this.prefix = prefix;
      this.options = options;
    }

    @Override
    public boolean hasNext() {
      return scores.hasNext() || failure != null || texts.hasNext();
    }

    @Override
    public TextScore next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      if (!scores.hasNext()) {
        scores = score(batch()).iterator();
      }
      return scores.next();
    }

    /** The next texts; those before one that cannot be encoded are scored first. */
    private List<ScoringTask> batch() {
      List<ScoringTask> tasks = new ArrayList<>();
      long length = 0;
      while (failure == null && length < BATCH_IDS && texts.hasNext()) {
        try {
          ScoringTask task = task(texts.next(), prefix, options);
          tasks.add(task);
          length += task.ids().length + 1L;
        } catch (RuntimeException e) {
          failure = e;
        }
      }
      if (tasks.isEmpty() && failure != null) {
        throw failure;
      }
      return tasks;
    }
  }

  // ---- embeddings

  public Embeddings embed(String text) {
    int[] context = standardStart().ids();
    int[] own = idsInReadingOrder(text);
    int[] ids = new int[context.length + own.length];
    System.arraycopy(context, 0, ids, 0, context.length);
    System.arraycopy(own, 0, ids, context.length, own.length);
    float[] results = new float[Math.multiplyExact(ids.length, dimension)];
    if (own.length > 0) {
      hiddenStates.read(new Piece(ids, 0, context.length, ids.length, results, null).split(warmUp));
    }
    float[] vectors = new float[own.length * dimension];
    boolean backward = direction == ReadingDirection.BACKWARD;
    for (int i = 0; i < own.length; i++) {
      int place = backward ? own.length - 1 - i : i;
      System.arraycopy(
          results, (context.length + i) * dimension, vectors, place * dimension, dimension);
    }
    return new Embeddings(dimension, backward, vectors);
  }
}

package org.charrnn.text.ngram;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.charrnn.text.corpus.CorpusException;
import org.charrnn.text.encoding.Ids;
import org.charrnn.text.encoding.Split;
import org.charrnn.text.training.Loss;

/**
 * N-gram models of all orders up to a maximum, with interpolated Witten-Bell smoothing: they
 * predict a symbol from counts of what followed the symbols before it.
 *
 * <pre>
 * p_k(w | h) = (c(hw) + T(h) p_(k-1)(w | h')) / (c(h) + T(h))
 * p_(-1)(w)  = 1 / V
 * </pre>
 *
 * <p>h are the k symbols before w, h' those without the first, c(hw) is how often w followed h in
 * the training text, c(h) how often any symbol did, T(h) how many different ones did. If h was
 * never followed by anything, p_k is p_(k-1). An n-gram model is p_(n-1).
 *
 * <p>Source: Witten, Bell, "The Zero-Frequency Problem: Estimating the Probabilities of Novel
 * Events in Adaptive Text Compression", IEEE Transactions on Information Theory 37, 1991, method C;
 * interpolated as in Chen, Goodman, "An Empirical Study of Smoothing Techniques for Language
 * Modeling", TR-10-98, Harvard, 1998, section 2.4.
 *
 * <p>Memory is about 35 bytes for each different n-gram of the training text.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
public final class NGramModel {

  /** The maximum order; counts of longer n-grams are too small to help. */
  public static final int MAX_ORDER = 10;

  /** While the tables grow, the old and the new ones are in memory together. */
  private static final long BYTES_PER_NGRAM = 90;

  private final int order;
  private final int vocabularySize;
  private final NGramTree tree;

  private NGramModel(int order, int vocabularySize, NGramTree tree) {
    this.order = order;
    this.vocabularySize = vocabularySize;
    this.tree = tree;
  }

  /**
   * Counts the n-grams of a text.
   *
   * @param ids the training text, each in {@code [0, vocabularySize)}; may be empty: all symbols
   *     are then equally likely
   * @param order the highest n, from 1 to {@value #MAX_ORDER}
   * @param vocabularySize V, of the held-out text too
   * @throws IllegalArgumentException if one of these is out of range; the message names the id and
   *     its place
   */
  public static NGramModel train(int[] ids, int order, int vocabularySize) {
    return trainWithin(Integer.MAX_VALUE, Ids.of(ids), order, vocabularySize).orElseThrow();
  }

  /**
   * The losses of the models of all orders on the held-out part of a text.
   *
   * @param source the name of the text in messages
   * @param split at least two ids held out
   * @return one loss for each order from 1, in that order
   * @throws CorpusException if the n-grams do not fit into the memory that is available to Java
   */
  public static List<Loss> losses(String source, Split split, int vocabularySize, int order) {
    int most = (int) Math.min(Integer.MAX_VALUE, freeBytes() / BYTES_PER_NGRAM);
    return trainWithin(most, split.training(), order, vocabularySize)
        .orElseThrow(() ->
            new CorpusException(
                source,
                String.format(
                        Locale.ROOT,
                        "the n-grams of order %d do not fit into memory, which has space for %d different ones.",
                        order,
                        most)
                    + " Use a lower order, raise -Xmx, or use a part of the text.",
                null))
        .losses(split.heldOut());
  }

  /** An estimate of the memory that Java can still allocate. */
  private static long freeBytes() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory());
  }

  /**
   * The same, provided that the text has no more than {@code most} different n-grams of all orders
   * together; empty if it has more, which is detected before they take more memory.
   */
  static Optional<NGramModel> trainWithin(int most, Ids ids, int order, int vocabularySize) {
    requireBetween(1, MAX_ORDER, "order", order);
    requireBetween(1, Integer.MAX_VALUE, "vocabularySize", vocabularySize);
    NGramTree tree = new NGramTree(order);
    IdPieces pieces = new IdPieces(ids);
    for (int[] piece = pieces.next(); piece.length > 0; piece = pieces.next()) {
      for (int i = 0; i < piece.length; i++) {
        requireId(piece, i, vocabularySize);
        tree.read(piece[i]);
        if (tree.size() > most) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(new NGramModel(order, vocabularySize, tree));
  }

  /** The highest n. */
  public int order() {
    return order;
  }

  /** V, the number of symbols that may occur. */
  public int vocabularySize() {
    return vocabularySize;
  }

  /** How many different n-grams the training text has, of all orders together. */
  public int size() {
    return tree.size();
  }

  /**
   * The losses of the unigram, the bigram, ... and the model of this order on a held-out text.
   * Every symbol but the first is predicted once, from as many of the symbols before it as the
   * order requires and the text has.
   *
   * @param ids the held-out text, at least 2 ids, each in {@code [0, vocabularySize())}
   * @return one loss for each order from 1, in that order
   * @throws IllegalArgumentException if the text is too short or an id out of range
   */
  public List<Loss> losses(int[] ids) {
    return losses(Ids.of(ids));
  }

  /** The same for ids that need not be in memory. */
  List<Loss> losses(Ids ids) {
    if (ids.length() < 2) {
      throw new IllegalArgumentException(
          "a loss requires at least 2 symbols, the second predicted from the first: "
              + ids.length());
    }
    double[] sums = new double[order];
    double[] probabilities = new double[order];
    int[] suffixes = NGramTree.start(order);
    long predicted = -1; // the first symbol is not
    IdPieces pieces = new IdPieces(ids);
    for (int[] piece = pieces.next(); piece.length > 0; piece = pieces.next()) {
      for (int i = 0; i < piece.length; i++) {
        requireId(piece, i, vocabularySize);
        suffixes = predict(suffixes, piece[i], probabilities);
        predicted++;
        for (int k = 0; predicted > 0 && k < order; k++) {
          sums[k] -= Math.log(probabilities[k]);
        }
      }
    }
    List<Loss> losses = new ArrayList<>();
    for (int k = 0; k < order; k++) {
      losses.add(new Loss(predicted, sums[k] / predicted));
    }
    return losses;
  }

  /**
   * The probability of {@code symbol} after {@code context}, by the model of this order.
   *
   * @param context the symbols before, of which at most the last {@code order() - 1} count; may be
   *     empty
   * @throws IllegalArgumentException if an id is out of range
   */
  public double probability(int[] context, int symbol) {
    double[] probabilities = new double[order];
    int[] suffixes = NGramTree.start(order);
    for (int i = Math.max(0, context.length - order + 1); i < context.length; i++) {
      requireId(context, i, vocabularySize);
      suffixes = predict(suffixes, context[i], probabilities);
    }
    requireBetween(0, vocabularySize - 1, "symbol", symbol);
    predict(suffixes, symbol, probabilities);
    return probabilities[order - 1];
  }

  /**
   * Sets {@code probabilities[k]} to p_k of {@code symbol}.
   *
   * @param suffixes the nodes of the last 0, 1, ... symbols, {@link NGramTree#NONE} if the training
   *     text has no such n-gram
   * @return the nodes after {@code symbol}
   */
  private int[] predict(int[] suffixes, int symbol, double[] probabilities) {
    int[] next = NGramTree.start(order);
    double p = 1.0 / vocabularySize;
    for (int k = 0; k < order; k++) {
      int followed = tree.followed(suffixes[k]);
      if (followed > 0) {
        int child = tree.child(suffixes[k], symbol);
        int kinds = tree.kinds(suffixes[k]);
        p = (tree.count(child) + kinds * p) / ((double) followed + kinds);
        if (k + 1 < order) {
          next[k + 1] = child;
        }
      }
      probabilities[k] = p;
    }
    return next;
  }

  private static void requireId(int[] ids, int at, int vocabularySize) {
    if (ids[at] < 0 || ids[at] >= vocabularySize) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "ids must be in [0, %d): %d at index %d", vocabularySize, ids[at], at));
    }
  }

  private static void requireBetween(int minimum, int maximum, String name, int value) {
    if (value < minimum || value > maximum) {
      throw new IllegalArgumentException(
          name + " must be in [" + minimum + ", " + maximum + "]: " + value);
    }
  }
}

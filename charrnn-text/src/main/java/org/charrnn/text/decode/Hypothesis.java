package org.charrnn.text.decode;

import java.util.Arrays;
import org.charrnn.text.generation.GeneratedText.Ending;
import org.jspecify.annotations.Nullable;

/**
 * A text being written, as ids.
 *
 * <p><b>Thread safety.</b> None.
 */
public final class Hypothesis {

  private static final int FIRST_CAPACITY = 64;

  private final int[] begin;
  private int[] written;
  private double[] logProbabilities;
  private int size;
  private @Nullable Ending ending;

  /** Nothing written yet after the beginning, which is not copied. */
  Hypothesis(int[] begin) {
    this.begin = begin;
    this.written = new int[FIRST_CAPACITY];
    this.logProbabilities = new double[FIRST_CAPACITY];
  }

  private Hypothesis(Hypothesis other) {
    this.begin = other.begin;
    this.written = other.written.clone();
    this.logProbabilities = other.logProbabilities.clone();
    this.size = other.size;
  }

  /** The number of ids that were written after the beginning. */
  public int size() {
    return size;
  }

  /** What was written as number {@code i}, from 0. */
  public int written(int i) {
    return written[i];
  }

  /** The log-probability of what was written as number {@code i}; 0 if nobody wanted to know. */
  public double logProbability(int i) {
    return logProbabilities[i];
  }

  /** Why it ends. */
  public Ending ending() {
    if (ending == null) {
      throw new IllegalStateException("it goes on");
    }
    return ending;
  }

  /** Whether it ends here. */
  public boolean hasEnded() {
    return ending != null;
  }

  void end(Ending why) {
    ending = why;
  }

  /** The length with the beginning. */
  int length() {
    return begin.length + size;
  }

  /** An id of the whole, the beginning included. */
  int id(int position) {
    return position < begin.length ? begin[position] : written[position - begin.length];
  }

  void append(int id, double logProbability) {
    if (size == written.length) {
      written = Arrays.copyOf(written, size * 2);
      logProbabilities = Arrays.copyOf(logProbabilities, size * 2);
    }
    written[size] = id;
    logProbabilities[size] = logProbability;
    size++;
  }

  /** A copy that goes on with this id. */
  Hypothesis prolonged(int id, double logProbability) {
    Hypothesis longer = new Hypothesis(this);
    longer.append(id, logProbability);
    return longer;
  }
}

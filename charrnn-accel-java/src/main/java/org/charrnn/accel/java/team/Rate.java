package org.charrnn.accel.java.team;

/**
 * How fast one thread does a kind of work, in items per nanosecond: the one cost model that decides
 * whether work is split among threads. Rates are measured on AMD Zen 4 and rounded to powers of
 * two.
 */
public enum Rate {
  /** Multiply-adds of products in tiles; half of the peak with vectors of 512 bits. */
  PRODUCT(64),
  /** Multiply-adds of products of few rows, long sums and a transposed right operand. */
  DOT_PRODUCT(32),
  /** Multiply-adds of products of few rows, limited by the reading of the right operand. */
  STREAMED_PRODUCT(8),
  /** Elements of a matrix that is packed for a product. */
  PACKING(2),
  /** Elements of a matrix that is transposed. */
  TRANSPOSITION(8),
  /** Elements of rows that are copied from a table, which caches hold only in part. */
  GATHER(2),
  /** Elements that are added. */
  SUM(8),
  /** Random numbers. */
  RANDOM(2),
  /** Logits of a softmax. */
  SOFTMAX(4),
  /** Vector instructions of an expression, counted once for each element. */
  VECTOR_EXPRESSION(16),
  /** Terms of an expression in plain loops, counted once for each element. */
  PLAIN_EXPRESSION(4);

  /**
   * Work that takes longer is split; handing a part to another thread takes about a tenth of this.
   */
  private static final long SPLIT_NANOS = 1 << 14;

  private final int perNano;

  Rate(int perNano) {
    this.perNano = perNano;
  }

  /** Whether so many items are worth splitting among threads. */
  public boolean isWorthSplitting(long items) {
    return items >= SPLIT_NANOS * perNano;
  }
}

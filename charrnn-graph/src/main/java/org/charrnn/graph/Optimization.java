package org.charrnn.graph;

/**
 * The optimizations of a program, in the order in which they run. Each can be switched off; the
 * program then costs more and computes the same.
 */
public enum Optimization {
  /** Combines a product and the addition of its result to another tensor into one product. */
  ACCUMULATE_PRODUCTS,
  /** Computes a cross entropy and its gradient together. */
  FUSE_CROSS_ENTROPY,
  /** Combines chains of element-wise nodes into one expression. */
  FUSE_ELEMENTWISE,
  /** Updates only the rows of a table that occur in the window, where that is equivalent. */
  ROW_SPARSE_UPDATES
}

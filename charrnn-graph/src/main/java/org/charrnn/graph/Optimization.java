package org.charrnn.graph;

/**
 * The optimizations of a program, in the order in which they run: the first while a graph is
 * recorded, so that gradients profit from it, the others when it is compiled. Each can be switched
 * off; the program then costs more and computes the same, except that floats may be rounded
 * elsewhere.
 */
public enum Optimization {
  /** Computes products and look-ups that do not depend on carried states before a loop. */
  HOISTING,
  /** Combines a product and the addition of its result to another tensor into one product. */
  ACCUMULATE_PRODUCTS,
  /** Computes a cross entropy and its gradient together. */
  FUSE_CROSS_ENTROPY,
  /** Combines chains of element-wise nodes into one expression. */
  FUSE_ELEMENTWISE,
  /** Updates only the rows of a table that occur in the window, where that is equivalent. */
  ROW_SPARSE_UPDATES
}

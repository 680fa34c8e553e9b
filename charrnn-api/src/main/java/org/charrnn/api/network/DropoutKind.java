package org.charrnn.api.network;

/** Which elements of an input dropout drops together. */
public enum DropoutKind {
  /**
   * Each element of each time step is dropped or kept on its own: Zaremba, Sutskever, Vinyals,
   * "Recurrent Neural Network Regularization", 2014 (arXiv 1409.2329).
   */
  INDEPENDENT,
  /**
   * An element is dropped in all time steps of a window or in none: Gal, Ghahramani, "A
   * Theoretically Grounded Application of Dropout in Recurrent Neural Networks", NIPS 2016.
   */
  LOCKED
}

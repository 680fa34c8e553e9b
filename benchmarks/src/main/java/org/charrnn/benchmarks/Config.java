package org.charrnn.benchmarks;

/**
 * What is measured.
 *
 * @param name S, M, L or custom
 * @param hidden the hidden size
 * @param layers the number of layers
 * @param vocabulary the number of ids
 * @param steps the length of a window
 * @param batch the number of windows in a step of training
 * @param carried whether the state is carried from window to window and the mean loss trained, as
 *     opposed to a state of zeros and the summed loss
 */
record Config(
    String name, int hidden, int layers, int vocabulary, int steps, int batch, boolean carried) {

  static final Config S = new Config("S", 100, 1, 3000, 25, 1, false);
  static final Config M = new Config("M", 512, 1, 3000, 50, 32, true);
  static final Config L = new Config("L", 1024, 2, 5000, 64, 64, true);
}

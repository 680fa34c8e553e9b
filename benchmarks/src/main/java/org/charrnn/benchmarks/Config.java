package org.charrnn.benchmarks;

/**
 * A configuration to measure.
 *
 * @param name S, M, L or custom
 * @param cell the name of the cell
 * @param hidden the hidden size
 * @param layers the number of layers
 * @param vocabulary the size of the vocabulary
 * @param steps the length of a window
 * @param batch the number of windows in a training step
 * @param carried if true, the state is carried from window to window and the loss is the mean; if
 *     false, each window starts from a zero state and the loss is the sum
 */
record Config(
    String name,
    String cell,
    int hidden,
    int layers,
    int vocabulary,
    int steps,
    int batch,
    boolean carried) {

  static final Config S = new Config("S", "gru", 100, 1, 3000, 25, 1, false);
  static final Config M = new Config("M", "gru", 512, 1, 3000, 50, 32, true);
  static final Config L = new Config("L", "gru", 1024, 2, 5000, 64, 64, true);
}

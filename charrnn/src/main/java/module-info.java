/**
 * One module to train and use character language models on a CPU: the library with all cells and
 * optimizers of charrnn, and the accelerators {@code java} and {@code java-vector}. It has no
 * classes of its own; {@link org.charrnn.text.CharRnn} is the entry point of the library.
 */
module org.charrnn {
  requires transitive org.charrnn.text;
  requires org.charrnn.model.gru;
  requires org.charrnn.model.lstm;
  requires org.charrnn.model.linear;
  requires org.charrnn.optim.adagrad;
  requires org.charrnn.optim.adam;
  requires org.charrnn.accel.java;
}

/** The Adagrad optimizer. */
module org.charrnn.optim.adagrad {
  requires static org.jspecify;
  requires transitive org.charrnn.api;
}

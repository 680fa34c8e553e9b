/** The Adagrad optimizer. */
module org.charrnn.optim.adagrad {
  requires static org.jspecify;
  requires transitive org.charrnn.api;

  exports org.charrnn.optim.adagrad;

  provides org.charrnn.api.Optimizer with
      org.charrnn.optim.adagrad.Adagrad,
      org.charrnn.optim.adagrad.AdagradEpsilonOutside;
}

/** Adam, AdamW, RMSProp and SGD with momentum. */
module org.charrnn.optim.adam {
  requires static org.jspecify;
  requires transitive org.charrnn.api;

  exports org.charrnn.optim.adam;

  provides org.charrnn.api.Optimizer with
      org.charrnn.optim.adam.Adam,
      org.charrnn.optim.adam.AdamW,
      org.charrnn.optim.adam.RmsProp,
      org.charrnn.optim.adam.Sgd;
}

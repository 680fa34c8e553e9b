/** The SPIs of charrnn, the discovery of plugins, and the network built from them. */
module org.charrnn.api {
  requires static transitive org.jspecify;
  requires transitive org.charrnn.graph;

  exports org.charrnn.api;
  exports org.charrnn.api.discovery;
  exports org.charrnn.api.network;
  exports org.charrnn.api.session;

  uses org.charrnn.api.Accelerator;
  uses org.charrnn.api.Cell;
  uses org.charrnn.api.Optimizer;
  uses org.charrnn.api.Tokenizer;
}

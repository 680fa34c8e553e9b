/** The GRU cell. */
module org.charrnn.model.gru {
  requires static org.jspecify;
  requires transitive org.charrnn.api;
}

/** The GRU cell, in both variants. */
module org.charrnn.model.gru {
  requires static org.jspecify;
  requires transitive org.charrnn.api;

  exports org.charrnn.model.gru;

  provides org.charrnn.api.Cell with
      org.charrnn.model.gru.GruCell,
      org.charrnn.model.gru.ResetAfterGruCell;
}

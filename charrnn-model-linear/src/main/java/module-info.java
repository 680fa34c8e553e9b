/** Cells whose products do not depend on the state. */
module org.charrnn.model.linear {
  requires static org.jspecify;
  requires transitive org.charrnn.api;

  exports org.charrnn.model.linear;

  provides org.charrnn.api.Cell with
      org.charrnn.model.linear.MinGruCell,
      org.charrnn.model.linear.MinLstmCell,
      org.charrnn.model.linear.SruCell;
}

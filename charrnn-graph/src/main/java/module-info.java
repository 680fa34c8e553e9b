/** Tensor programs: recorded as symbols, differentiated, optimized, assigned to buffers. */
module org.charrnn.graph {
  requires static transitive org.jspecify;

  exports org.charrnn.graph;
  exports org.charrnn.graph.compile;
  exports org.charrnn.graph.expression;
  exports org.charrnn.graph.gradient;
  exports org.charrnn.graph.program;
}

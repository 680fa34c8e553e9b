/** From a file to a trained model, and from a model back to text. */
module org.charrnn.text {
  requires static org.jspecify;
  requires transitive org.charrnn.api;
  requires com.google.common;
  requires tools.jackson.databind;

  exports org.charrnn.text.baseline;
  exports org.charrnn.text.measure;
}

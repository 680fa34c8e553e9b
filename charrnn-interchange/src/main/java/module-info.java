/** Models in the formats of other libraries. */
@SuppressWarnings({
  "requires-automatic",
  "requires-transitive-automatic"
}) // protocol buffers have no descriptor
module org.charrnn.interchange {
  requires static org.jspecify;
  requires transitive org.charrnn.text;
  requires org.tribuo.util.onnx;
  requires com.google.protobuf;
  requires tools.jackson.databind;
  requires static com.microsoft.onnxruntime;

  exports org.charrnn.interchange;
}

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
  requires static org.charrnn.cli;

  exports org.charrnn.interchange;
  exports org.charrnn.interchange.failure;
  exports org.charrnn.interchange.verification;

  opens org.charrnn.interchange.command to
      info.picocli;

  provides org.charrnn.cli.spi.CommandProvider with
      org.charrnn.interchange.command.ExportProvider,
      org.charrnn.interchange.command.ImportProvider;
}

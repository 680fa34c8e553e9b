/** From a file to a trained model, and from a model back to text. */
// ICU4J has a name but no descriptor, so that jlink does not accept it; it only names encodings in
// messages. The modules of the qualified exports are not there when this module is compiled.
@SuppressWarnings({"requires-automatic", "module"})
module org.charrnn.text {
  requires static org.jspecify;
  requires transitive org.charrnn.api;
  requires com.google.common;
  requires static com.ibm.icu;
  requires tools.jackson.databind;

  exports org.charrnn.text;
  exports org.charrnn.text.evaluation;
  exports org.charrnn.text.checkpoint;
  exports org.charrnn.text.config;
  exports org.charrnn.text.corpus;
  exports org.charrnn.text.generation;
  exports org.charrnn.text.scoring;
  exports org.charrnn.text.training;
  exports org.charrnn.text.config.annotation to
      org.charrnn.cli,
      org.charrnn.interchange;
  exports org.charrnn.text.encoding to
      org.charrnn.spark;
  exports org.charrnn.text.rounds to
      org.charrnn.spark;
  exports org.charrnn.text.settings to
      org.charrnn.cli,
      org.charrnn.interchange,
      org.charrnn.spark;
  exports org.charrnn.text.steps to
      org.charrnn.spark;
  exports org.charrnn.text.safetensors to
      org.charrnn.interchange;
  exports org.charrnn.text.snapshot to
      org.charrnn.cli,
      org.charrnn.interchange,
      org.charrnn.spark;
  exports org.charrnn.text.files to
      org.charrnn.cli,
      org.charrnn.serve;
  exports org.charrnn.text.unicode to
      org.charrnn.cli,
      org.charrnn.interchange;

  // Records become JSON by reflection; those of the metadata are not public.
  opens org.charrnn.text.snapshot to
      tools.jackson.databind;

  provides org.charrnn.api.Tokenizer with
      org.charrnn.text.encoding.CodePointTokenizer;
}

/** The command line. */
// XChart has no descriptor; charrnn-spark is not there when this module is compiled.
@SuppressWarnings({"requires-automatic", "module"})
module org.charrnn.cli {
  requires static org.jspecify;
  requires transitive org.charrnn.text;
  requires transitive info.picocli;
  requires java.logging;
  requires java.desktop;
  requires me.tongfei.progressbar;
  requires xchart;
  requires tools.jackson.databind;

  exports org.charrnn.cli to
      org.charrnn.spark;
  exports org.charrnn.cli.spi;

  opens org.charrnn.cli to
      info.picocli;
  opens org.charrnn.cli.options to
      info.picocli;
  opens org.charrnn.cli.scoring to
      info.picocli;
  opens org.charrnn.cli.spi to
      info.picocli;

  uses org.charrnn.cli.spi.CommandProvider;
  uses org.charrnn.cli.spi.TrainingPlace;
  uses org.charrnn.cli.spi.TrainingServer;
}

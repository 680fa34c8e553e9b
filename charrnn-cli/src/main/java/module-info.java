/** The command line. */
module org.charrnn.cli {
  requires static org.jspecify;
  requires transitive org.charrnn.text;
  requires transitive info.picocli;
  requires java.logging;
  requires me.tongfei.progressbar;

  exports org.charrnn.cli;
  exports org.charrnn.cli.options;
  exports org.charrnn.cli.progress;

  opens org.charrnn.cli to
      info.picocli;
  opens org.charrnn.cli.options to
      info.picocli;

  uses org.charrnn.cli.CommandProvider;
}

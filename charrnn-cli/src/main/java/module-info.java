/** The command line. */
module org.charrnn.cli {
  requires static org.jspecify;
  requires org.charrnn.text;
  requires info.picocli;
  requires me.tongfei.progressbar;
}

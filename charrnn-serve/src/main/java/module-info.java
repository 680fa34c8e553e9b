/** Models over HTTP. */
@SuppressWarnings("requires-automatic") // Micrometer has no descriptor
module org.charrnn.serve {
  requires static org.jspecify;
  requires transitive org.charrnn.text;
  requires java.logging;
  requires io.helidon.common;
  requires io.helidon.common.task;
  requires io.helidon.http;
  requires io.helidon.http.sse;
  requires io.helidon.logging.common;
  requires io.helidon.webserver;
  requires io.helidon.webserver.sse;
  requires io.helidon.webserver.staticcontent;
  requires micrometer.core;
  requires micrometer.registry.prometheus;
  requires tools.jackson.databind;
  requires static org.charrnn.cli;

  exports org.charrnn.serve;
  exports org.charrnn.serve.models;
  exports org.charrnn.serve.options;
  exports org.charrnn.serve.training;

  opens org.charrnn.serve.command to
      info.picocli;
  opens org.charrnn.serve.page;

  provides io.helidon.logging.common.spi.LoggingProvider with
      org.charrnn.serve.logging.HelidonLog;
  provides org.charrnn.cli.spi.CommandProvider with
      org.charrnn.serve.command.ServeProvider;
  provides org.charrnn.cli.spi.TrainingServer with
      org.charrnn.serve.command.TrainingServerProvider;
}

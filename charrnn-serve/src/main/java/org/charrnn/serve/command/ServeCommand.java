package org.charrnn.serve.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.charrnn.cli.spi.ComputeOptions;
import org.charrnn.serve.CharRnnServer;
import org.charrnn.serve.models.ServedModel;
import org.charrnn.serve.models.ServedModels;
import org.charrnn.serve.options.Limits;
import org.charrnn.serve.options.ServeOptions;
import org.charrnn.text.CharRnn;
import org.charrnn.text.config.InvalidOptionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Serves models over HTTP. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    customSynopsis = "charrnn serve [NAME=]MODEL... [OPTION...]%n",
    sortOptions = false,
    description = {
      "Serve models over HTTP: OpenAI's completions API, scores, and a web page.",
      "Ctrl-C or SIGTERM ends it when the running requests have ended.%n"
    },
    footer = {
      "",
      "Examples:",
      "  charrnn serve essays.ckpt",
      "  charrnn serve small=a.ckpt large=b.ckpt --port 9000",
      "  curl http://127.0.0.1:8080/v1/completions -d '{\"prompt\": \"Once\", \"max_tokens\": 100}'"
    })
final class ServeCommand implements Callable<Integer> {

  /** The environment variable that may contain the key of clients. */
  private static final String KEY_VARIABLE = "CHARRNN_API_KEY";

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "MODEL",
      description =
          "Checkpoints. Requests name them by their file names without the ending, or by NAME.")
  private List<String> models = List.of();

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "Port; 0 for a free one. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = ServeOptions.LOOPBACK,
      description =
          "Address to listen on; 0.0.0.0 for all of this machine. Default: ${DEFAULT-VALUE}, which"
              + " only programs of this machine reach.")
  private String host = ServeOptions.LOOPBACK;

  @Option(
      names = "--api-key-file",
      paramLabel = "FILE",
      description =
          "A file with the keys that clients must send, one in each line. Default: the variable "
              + KEY_VARIABLE
              + "; without either, every client is served.")
  private @Nullable Path keyFile;

  @Option(
      names = "--session-key",
      paramLabel = "FILE",
      description =
          "The file with the key that signs sessions; created if it does not exist. Servers with the same"
              + " key continue each other's sessions. Default: session.key in $STATE_DIRECTORY, in"
              + " $XDG_STATE_HOME/charrnn or in ~/.local/state/charrnn.")
  private @Nullable Path sessionKey;

  @Option(
      names = "--cors",
      paramLabel = "ORIGIN",
      description =
          "An origin whose scripts may use the server, for example https://example.org; '*' for all."
              + " May be repeated. Default: none.")
  private List<String> origins = List.of();

  @Option(
      names = "--queue",
      paramLabel = "N",
      description =
          "How many requests may wait; further ones are rejected with status 429. Default: 256.")
  private @Nullable Integer queue;

  @Option(
      names = "--drain",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description =
          "How long running requests may take to end when the server stops. Default: ${DEFAULT-VALUE}.")
  private int drain;

  @Option(
      names = "--watch",
      description =
          "Load a model again when its file changes, for example while it is trained. Running"
              + " requests end with the model that they began with.")
  private boolean watch;

  @Mixin private final ComputeOptions compute = new ComputeOptions();

  @Override
  public Integer call() throws InterruptedException {
    ServeOptions options = options();
    CharRnn charRnn = compute.charRnn();
    ServedModels served = new ServedModels(List.of());
    CompletableFuture<CharRnnServer> preparing =
        CompletableFuture.supplyAsync(
            () -> CharRnnServer.prepare(served, options),
            Thread.ofPlatform().daemon().name("charrnn-serve-start")::start);
    Map<Path, ServedModel> byFile = load(charRnn);
    byFile.values().forEach(served::add);
    CharRnnServer server = preparing.join().listen();
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "charrnn-serve-stop"));
    if (watch) {
      Thread.ofVirtual().name("charrnn-serve-watch").start(new ModelWatch(charRnn, byFile));
    }
    PrintWriter out = commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "Serving %s on http://%s:%d/%n",
        String.join(", ", served.all().stream().map(ServedModel::id).toList()),
        host,
        server.port());
    out.flush();
    new CountDownLatch(1).await(); // until a signal ends the process
    return ExitCode.OK;
  }

  private CommandLine commandLine() {
    return Objects.requireNonNull(spec).commandLine();
  }

  private ServeOptions options() {
    if (port < 0 || port > 65_535) {
      throw new InvalidOptionException("port", port, "from 0 to 65535");
    }
    if (drain < 0) {
      throw new InvalidOptionException("drain", drain, "at least 0");
    }
    if (queue != null && queue < 0) {
      throw new InvalidOptionException("queue", queue, "at least 0");
    }
    Limits limits = Limits.DEFAULT;
    return ServeOptions.local(port)
        .withHost(host)
        .withKeys(keys())
        .withSessionKey(
            SessionKeyFile.key(
                Optional.ofNullable(sessionKey), System.getenv(), commandLine().getErr()))
        .withOrigins(new HashSet<>(origins))
        .withLimits(queue == null ? limits : limits.withQueue(queue))
        .withDrain(Duration.ofSeconds(drain));
  }

  private List<String> keys() {
    if (keyFile == null) {
      String key = System.getenv(KEY_VARIABLE);
      return key == null || key.isBlank() ? List.of() : List.of(key.strip());
    }
    try {
      List<String> keys =
          Files.readAllLines(keyFile).stream()
              .map(String::strip)
              .filter(line -> !line.isEmpty())
              .toList();
      if (keys.isEmpty()) {
        throw new InvalidOptionException(
            "api-key-file", keyFile, "a file with a key in each line; it has none");
      }
      return keys;
    } catch (IOException e) {
      throw new InvalidOptionException("api-key-file", keyFile, "a readable file of UTF-8 text");
    }
  }

  private Map<Path, ServedModel> load(CharRnn charRnn) {
    Map<Path, ServedModel> served = new LinkedHashMap<>();
    for (String argument : models) {
      NamedPath named = NamedPath.of(argument);
      if (served.values().stream().anyMatch(other -> other.id().equals(named.name()))) {
        throw new InvalidOptionException(
            "MODEL", argument, "of another name: write NAME=PATH to tell them apart");
      }
      served.put(
          named.path(),
          new ServedModel(named.name(), charRnn.load(named.path()), saved(named.path())));
    }
    return served;
  }

  private static Instant saved(Path file) {
    try {
      return Files.getLastModifiedTime(file).toInstant();
    } catch (IOException e) {
      return Instant.now(); // it has been read, so it only just disappeared
    }
  }
}

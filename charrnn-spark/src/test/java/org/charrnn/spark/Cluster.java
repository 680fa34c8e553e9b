package org.charrnn.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;

/**
 * A standalone cluster on the loopback interface: a master and two workers with one core each, in
 * processes of their own. Executors are processes too, which the workers start. All end when the
 * cluster is closed.
 */
final class Cluster implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final Pattern MASTER = Pattern.compile("Starting Spark master at (spark://\\S+)");
  private static final Pattern REGISTERED = Pattern.compile("Registering worker 127.0.0.1");

  private final SparkHome home;
  private final Path folder;
  private final List<Process> processes = new ArrayList<>();
  private final String master;

  private Cluster(Path folder) {
    this.folder = folder;
    this.home = SparkHome.create(folder.resolve("spark"));
    try {
      Path log = folder.resolve("master.log");
      start(
          log,
          "org.apache.spark.deploy.master.Master",
          List.of("--host", "127.0.0.1", "--port", "0", "--webui-port", "0"));
      this.master = await("the master", () -> find(log, MASTER));
      for (int i = 0; i < 2; i++) {
        start(
            folder.resolve("worker" + i + ".log"),
            "org.apache.spark.deploy.worker.Worker",
            List.of(
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--webui-port",
                "0",
                "--cores",
                "1",
                "--memory",
                "1g",
                "--work-dir",
                folder.resolve("work" + i).toString(),
                master));
      }
      await("two workers", () -> count(log, REGISTERED) == 2 ? "ready" : "");
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /**
   * Starts a cluster.
   *
   * @param folder receives logs and the files of executors
   */
  static Cluster start(Path folder) {
    return new Cluster(folder);
  }

  private void start(Path log, String main, List<String> arguments) {
    try {
      ProcessBuilder builder =
          home.java("256m", List.of(), main, arguments).redirectOutput(log.toFile());
      builder.environment().put("SPARK_NO_DAEMONIZE", "1");
      processes.add(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  SparkHome home() {
    return home;
  }

  /** The address of the master. */
  String master() {
    return master;
  }

  /** The configuration of a driver in this process. */
  SparkConf conf(String name) {
    return SparkSessions.conf(name)
        .setMaster(master)
        .setSparkHome(home.path().toString())
        .set("spark.executor.memory", "512m")
        .set("spark.executor.cores", "1")
        .set("spark.executor.extraClassPath", SparkHome.classPath())
        .set("spark.executor.extraJavaOptions", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1")
        .set("spark.shuffle.io.maxRetries", "1")
        .set("spark.shuffle.io.retryWait", "100ms");
  }

  /** Kills the executors of a worker, which has at most one, and starts another one. */
  void killExecutor(int worker) {
    processes.get(1 + worker).descendants().forEach(ProcessHandle::destroyForcibly);
  }

  private String await(String what, Supplier<String> found) {
    Instant end = Instant.now().plus(LIMIT);
    while (Instant.now().isBefore(end)) {
      String value = found.get();
      if (!value.isEmpty()) {
        return value;
      }
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    throw new IllegalStateException(what + " did not start; see the logs in " + folder);
  }

  private static String find(Path log, Pattern pattern) {
    Matcher matcher = pattern.matcher(read(log));
    return matcher.find() ? matcher.group(1) : "";
  }

  private static long count(Path log, Pattern pattern) {
    return pattern.matcher(read(log)).results().count();
  }

  private static String read(Path log) {
    try {
      return Files.exists(log) ? Files.readString(log) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends all processes that it started. */
  @Override
  public void close() {
    List<ProcessHandle> all =
        processes.reversed().stream()
            .flatMap(it -> Stream.concat(it.toHandle().descendants(), Stream.of(it.toHandle())))
            .toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(it -> it.onExit().join());
  }
}

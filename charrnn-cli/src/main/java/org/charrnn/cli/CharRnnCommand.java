package org.charrnn.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** What stands before the name of a command. */
@Command(
    name = "charrnn",
    mixinStandardHelpOptions = true,
    versionProvider = CharRnnCommand.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Learns to write text, character by character, and writes.",
    commandListHeading = "%nCommands ('charrnn COMMAND --help' tells more):%n",
    footer = {
      "",
      "For example:",
      "  charrnn train essays.txt --out essays.ckpt --hidden-size 128 --epochs 5",
      "  charrnn generate essays.ckpt --length 200"
    })
final class CharRnnCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "Show where in the program a failure happened.")
  private boolean stacktrace;

  /** No command was typed. */
  @Override
  public Integer call() {
    CommandLine commandLine = Required.required(spec).commandLine();
    commandLine.usage(commandLine.getErr());
    return ExitCode.USAGE;
  }

  boolean stacktrace() {
    return stacktrace;
  }

  /** The version that the build wrote down. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
      Properties properties = new Properties();
      try (InputStream in = CharRnnCommand.class.getResourceAsStream("version.properties")) {
        properties.load(Objects.requireNonNull(in, "version.properties is in the jar"));
      }
      return new String[] {
        "charrnn " + properties.getProperty("version"),
        "Java %s (%s)"
            .formatted(System.getProperty("java.version"), System.getProperty("java.vm.name"))
      };
    }
  }
}

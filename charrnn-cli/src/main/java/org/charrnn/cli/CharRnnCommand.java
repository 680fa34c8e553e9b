package org.charrnn.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.charrnn.cli.options.Required;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line without a subcommand. */
@Command(
    name = "charrnn",
    mixinStandardHelpOptions = true,
    versionProvider = CharRnnCommand.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Train character-level language models and generate text with them.",
    commandListHeading = "%nCommands (see 'charrnn COMMAND --help'):%n",
    footer = {
      "",
      "Examples:",
      "  charrnn train essays.txt --out essays.ckpt --hidden-size 128 --epochs 5",
      "  charrnn generate essays.ckpt --length 200"
    })
final class CharRnnCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of a failure.")
  private boolean stacktrace;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Print details, such as why an accelerator was chosen.")
  private boolean verbose;

  private final Preloading preloading;

  /** A command line for which no classes are loaded beforehand. */
  CharRnnCommand() {
    this(Preloading.none());
  }

  /**
   * A command line.
   *
   * @param preloading loads classes that the command needs
   */
  CharRnnCommand(Preloading preloading) {
    this.preloading = preloading;
  }

  /** Prints the usage: no subcommand was given. */
  @Override
  public Integer call() {
    CommandLine commandLine = Required.required(spec).commandLine();
    commandLine.usage(commandLine.getErr());
    return ExitCode.USAGE;
  }

  boolean stacktrace() {
    return stacktrace;
  }

  boolean verbose() {
    return verbose;
  }

  Preloading preloading() {
    return preloading;
  }

  /** The version, from a file that the build filters. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
      Properties properties = new Properties();
      try (InputStream in = CharRnnCommand.class.getResourceAsStream("version.properties")) {
        properties.load(Objects.requireNonNull(in, "version.properties is in the jar"));
      }
      return new String[] {
        "charrnn " + properties.getProperty("version"),
        String.format(
            Locale.ROOT,
            "Java %s (%s)",
            System.getProperty("java.version"),
            System.getProperty("java.vm.name"))
      };
    }
  }
}

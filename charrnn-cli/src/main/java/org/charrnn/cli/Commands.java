package org.charrnn.cli;

import java.io.PrintWriter;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.charrnn.cli.options.ProfileTable;
import org.charrnn.cli.scoring.ClassifyCommand;
import org.charrnn.cli.scoring.RankCommand;
import org.charrnn.cli.scoring.ScoreCommand;
import org.charrnn.cli.spi.CommandProvider;
import org.charrnn.cli.spi.TrainingPlace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Adds the commands of this jar and of others to a command line.
 *
 * <p>Reading the options of a command by reflection takes longer than starting the JVM. Commands
 * that cannot run have a name and a description only.
 */
final class Commands {

  private final CommandLine root;
  private final Predicate<String> complete;
  private final PrintWriter err;
  private final boolean terminal;
  private final Interrupts interrupts;

  /**
   * @param complete whether a command, by its name, is added with its options
   * @param err receives a line about each provider that is broken
   * @param terminal whether standard error is a terminal
   */
  Commands(
      CommandLine root,
      Predicate<String> complete,
      PrintWriter err,
      boolean terminal,
      Interrupts interrupts) {
    this.root = root;
    this.complete = complete;
    this.err = err;
    this.terminal = terminal;
    this.interrupts = interrupts;
  }

  /** Adds all commands. */
  void add() {
    add(TrainCommand.class, () -> train(new TrainCommand(terminal, interrupts, Optional.empty())));
    add(GenerateCommand.class, GenerateCommand::new);
    add(EvaluateCommand.class, EvaluateCommand::new);
    add(ScoreCommand.class, ScoreCommand::new);
    add(RankCommand.class, RankCommand::new);
    add(ClassifyCommand.class, ClassifyCommand::new);
    add(BaselineCommand.class, BaselineCommand::new);
    add(InspectCommand.class, InspectCommand::new);
    add(ReportCommand.class, ReportCommand::new);
    add(AcceleratorsCommand.class, AcceleratorsCommand::new);
    addProvided(CommandProvider.class, this::add);
    addProvided(TrainingPlace.class, this::add);
  }

  private void add(CommandProvider provider) {
    Object command = provider.command();
    add(command.getClass(), () -> command);
  }

  private void add(TrainingPlace place) {
    if (complete.test(place.command())) {
      root.addSubcommand(train(place));
    } else {
      root.addSubcommand(described(place.command(), place.description()));
    }
  }

  private void add(Class<?> type, Supplier<Object> command) {
    @Nullable Command annotation = type.getAnnotation(Command.class);
    if (annotation == null || complete.test(annotation.name())) {
      root.addSubcommand(command.get());
    } else {
      root.addSubcommand(described(annotation.name(), annotation.description()));
    }
  }

  private static CommandSpec described(String name, String... description) {
    CommandSpec spec = CommandSpec.create().name(name);
    spec.usageMessage().description(description);
    return spec;
  }

  private static CommandLine train(TrainCommand command) {
    CommandLine train = new CommandLine(command);
    train.getCommandSpec().usageMessage().footer(ProfileTable.lines());
    return train;
  }

  /** The command that trains in another place. */
  private CommandLine train(TrainingPlace place) {
    CommandLine train = train(new TrainCommand(terminal, interrupts, Optional.of(place)));
    CommandSpec spec = train.getCommandSpec().name(place.command());
    spec.addMixin(place.command(), CommandSpec.forAnnotatedObject(place));
    spec.usageMessage()
        .customSynopsis(
            String.format(
                Locale.ROOT, "charrnn %s CORPUS --out MODEL [OPTION...]%n", place.command()))
        .description(place.description());
    return train;
  }

  /** Adds the commands of other jars; a broken provider does not stop the others. */
  private <T> void addProvided(Class<T> type, Consumer<T> add) {
    Iterator<T> providers = ServiceLoader.load(type).iterator();
    while (true) {
      try {
        if (!providers.hasNext()) {
          return;
        }
        addOne(providers.next(), add);
      } catch (ServiceConfigurationError | LinkageError e) {
        err.println("charrnn: cannot add a command: " + e.getMessage());
      }
    }
  }

  private <T> void addOne(T provider, Consumer<T> add) {
    try {
      add.accept(provider);
    } catch (RuntimeException | LinkageError e) {
      err.println(
          String.format(
              Locale.ROOT,
              "charrnn: cannot add the command of %s: %s",
              provider.getClass().getName(),
              e));
    }
  }
}

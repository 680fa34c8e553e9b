package org.charrnn.cli.options;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.charrnn.text.config.InvalidOptionException;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Replaces names of the configuration, such as {@code hiddenSize}, by those of the command line,
 * such as {@code --hidden-size}, in messages.
 */
public final class OptionNames {

  /** Components whose options are not derived from their names. */
  private static final Map<String, String> OTHERS = Map.of("hyperparameter", "--optimizer-option");

  /**
   * Words of two parts or more; a word of one part may be plain English. Parts of file names are
   * not replaced.
   */
  private static final Pattern COMPONENT =
      Pattern.compile("(?<![\\w./\\\\'-])[a-z]+(?:[A-Z][a-z]+)+(?![\\w/\\\\'-]|\\.\\w)");

  private OptionNames() {}

  /** The message of a failure, with the names of options as this command spells them. */
  public static String inMessage(InvalidOptionException failure, CommandSpec command) {
    String message = String.valueOf(failure.getMessage());
    String component = failure.option();
    if (message.startsWith(component)) {
      message =
          option(component, command).orElse(component) + message.substring(component.length());
    }
    return inMessage(message, command);
  }

  /** A message with the names of options as this command spells them. */
  public static String inMessage(String message, CommandSpec command) {
    return COMPONENT
        .matcher(message)
        .replaceAll((MatchResult match) ->
            Matcher.quoteReplacement(option(match.group(), command).orElse(match.group())));
  }

  /** The option of a component of the configuration that has one. */
  static String of(String component) {
    return OTHERS.getOrDefault(component, spelled(component));
  }

  private static String spelled(String component) {
    return "--" + component.replaceAll("[A-Z]", "-$0").toLowerCase(Locale.ROOT);
  }

  private static Optional<String> option(String component, CommandSpec command) {
    String spelled = spelled(component);
    return Optional.of(spelled)
        .filter(name -> command.findOption(name) != null)
        .or(() ->
            Optional.ofNullable(OTHERS.get(component))
                .filter(name -> command.findOption(name) != null));
  }
}

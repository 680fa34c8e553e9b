package org.charrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The pages show commands and options that the command line accepts. */
class DocsCommandsTest {

  private static final Path ROOT = Path.of("..");

  /** A block between fences, a line that is indented by four spaces, or a span of code. */
  private static final Pattern CODE =
      Pattern.compile("(?ms)^```\\w*\n(.*?)^```|^ {4}([^\n]+)|`([^`\n]+)`");

  private static final Pattern COMMAND =
      Pattern.compile("(?m)^ *(?:[A-Z_]+=\\S+ +)*(?:bin/)?charrnn ([a-z].*)$");
  private static final Pattern OPTION = Pattern.compile("(?<=[`\\s])--[a-z][a-z-]*[a-z]");
  private static final Set<String> OF_OTHER_JARS =
      Set.of("essay", "poem", "bench", "export", "import", "serve", "spark-train");

  private static CommandLine commandLine() {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    CharRnnCommand root = new CharRnnCommand();
    return Main.commandLine(root, name -> true, nowhere, nowhere, false, new Interrupts());
  }

  @Test
  void commands_areAccepted() throws IOException {
    List<String> rejected = new ArrayList<>();
    Set<String> seen = new TreeSet<>();
    for (Path page : pages()) {
      for (String command : commands(Files.readString(page))) {
        String[] words = command.split("\\s+");
        if (OF_OTHER_JARS.contains(words[0])) {
          continue;
        }
        seen.add(words[0]);
        try {
          parse(words);
        } catch (CommandLine.ParameterException e) {
          rejected.add(
              String.format(Locale.ROOT, "%s: charrnn %s: %s", page, command, e.getMessage()));
        }
      }
    }
    assertEquals(List.of(), rejected);
    assertTrue(
        seen.containsAll(Set.of("train", "generate", "evaluate", "baseline")), seen::toString);
  }

  /** A command that is only named has no arguments to parse, but it has to exist. */
  private static void parse(String[] words) {
    CommandLine commandLine = commandLine();
    if (words.length > 1 || !commandLine.getSubcommands().containsKey(words[0])) {
      commandLine.parseArgs(words);
    }
  }

  /** The arguments of each command in code, without those that stand for the usage of one. */
  private static List<String> commands(String page) {
    return CODE.matcher(page.replaceAll(" \\\\\n *", " "))
        .results()
        .map(code -> Stream.of(1, 2, 3).map(code::group).filter(Objects::nonNull).findFirst())
        .flatMap(code -> COMMAND.matcher(code.orElseThrow()).results())
        .map(command -> command.group(1).replaceAll(" #.*", "").strip())
        .filter(command -> !command.contains("OPTION..."))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"training.md", "generation.md", "corpora.md"})
  void options_exist(String page) throws IOException {
    Set<String> known =
        commandLine().getSubcommands().values().stream()
            .map(CommandLine::getCommandSpec)
            .flatMap(command -> Stream.of(command.optionsMap(), command.negatedOptionsMap()))
            .flatMap(options -> options.keySet().stream())
            .collect(Collectors.toSet());
    Set<String> shown =
        OPTION
            .matcher(Files.readString(ROOT.resolve("docs").resolve(page)))
            .results()
            .map(option -> option.group())
            .collect(Collectors.toCollection(TreeSet::new));
    assertTrue(shown.size() > 5, shown::toString);
    shown.removeAll(known);
    assertEquals(Set.of(), shown);
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      return Stream.concat(top, docs).filter(path -> path.toString().endsWith(".md")).toList();
    }
  }
}

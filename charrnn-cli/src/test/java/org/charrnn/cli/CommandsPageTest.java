package org.charrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The page of commands quotes the help of the commands. After a change of an option, regenerate it
 * with {@code mvn test -pl charrnn-cli -am -Dtest=CommandsPageTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dcharrnn.docs=write}.
 */
class CommandsPageTest {

  private static final Path PAGE = Path.of("../docs/commands.md");
  private static final Pattern SECTION = Pattern.compile("(?m)^## (\\w+)$");
  private static final String BEGIN = "```text\n";
  private static final String END = "```\n";
  private static final Set<String> ELSEWHERE =
      Set.of(
          "--accelerator",
          "--threads",
          "--device",
          "--help",
          "--version",
          "--stacktrace",
          "--verbose");
  private static final int WIDTH = 110;

  private static SortedMap<String, CommandLine> commands() {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    CharRnnCommand root = new CharRnnCommand();
    SortedMap<String, CommandLine> commands =
        new TreeMap<>(
            Main.commandLine(root, name -> true, nowhere, nowhere, false, new Interrupts())
                .getSubcommands());
    commands.remove("throw"); // which is here for tests
    return commands;
  }

  private static String usage(CommandLine command) {
    return command
        .setUsageHelpAutoWidth(false)
        .setUsageHelpWidth(WIDTH)
        .getUsageMessage(Ansi.OFF)
        .lines()
        .map(String::stripTrailing)
        .reduce("", (text, line) -> text + line + "\n");
  }

  @Test
  void page_quotesTheHelp() throws IOException {
    String page = Files.readString(PAGE);
    if ("write".equals(System.getProperty("charrnn.docs"))) {
      for (Map.Entry<String, CommandLine> command : commands().entrySet()) {
        String before = block(page, command.getKey());
        page = page.replace(before, heading(command.getKey(), before) + usage(command.getValue()));
      }
      Files.writeString(PAGE, page);
    }
    for (Map.Entry<String, CommandLine> command : commands().entrySet()) {
      String block = block(page, command.getKey());
      assertEquals(
          usage(command.getValue()),
          block.substring(block.indexOf(BEGIN) + BEGIN.length()),
          "docs/commands.md is outdated; see the comment of this test to regenerate it");
    }
    Set<String> sections =
        SECTION.matcher(page).results().map(it -> it.group(1)).collect(Collectors.toSet());
    assertEquals(commands().keySet(), sections);
  }

  /** From the heading of a command to the end of its section. */
  private static String block(String page, String command) {
    int from = page.indexOf("\n## " + command + "\n");
    assertTrue(from >= 0, command + " is not in docs/commands.md");
    int begin = page.indexOf(BEGIN, from);
    return page.substring(from, page.indexOf(END, begin + BEGIN.length()));
  }

  private static String heading(String command, String block) {
    assertTrue(block.contains(BEGIN), command);
    return block.substring(0, block.indexOf(BEGIN) + BEGIN.length());
  }

  @Test
  void everyOptionOfGenerate_isExplained() throws IOException {
    String page = Files.readString(Path.of("../docs/generation.md"));
    for (OptionSpec option : commands().get("generate").getCommandSpec().options()) {
      if (!ELSEWHERE.contains(option.longestName())) {
        assertTrue(page.contains("`" + option.longestName()), option.longestName());
      }
    }
  }

  @Test
  void everyOption_hasADescription() {
    for (CommandLine command : commands().values()) {
      for (OptionSpec option : command.getCommandSpec().options()) {
        assertTrue(
            option.description().length > 0 && !option.description()[0].isBlank(),
            command.getCommandName() + " " + option.longestName());
      }
    }
  }
}

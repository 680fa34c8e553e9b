package org.charrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Commands with and without their options. */
class CommandsTest {

  private static CommandLine commandLine(Predicate<String> complete) {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    return Main.commandLine(
        new CharRnnCommand(), complete, nowhere, nowhere, false, new Interrupts());
  }

  @Test
  void help_isTheSame_withoutTheOptionsOfCommands() {
    String expected = commandLine(name -> true).getUsageMessage(Ansi.OFF);
    assertTrue(expected.contains("  generate "), expected);
    assertEquals(expected, commandLine(name -> false).getUsageMessage(Ansi.OFF));
  }

  @Test
  void namedCommand_hasItsOptions() {
    CommandLine commandLine = commandLine("generate"::equals);
    assertTrue(options(commandLine, "generate") > 10);
    assertEquals(options(commandLine(name -> false), "train"), options(commandLine, "train"));
    assertTrue(options(commandLine(name -> true), "train") > 10);
  }

  private static int options(CommandLine commandLine, String command) {
    return commandLine.getSubcommands().get(command).getCommandSpec().options().size();
  }

  @Test
  void unknownCommand_isComparedWithAllNames() {
    Shell.Outcome outcome = Shell.run("genrate", "m.ckpt");
    assertEquals(2, outcome.exitCode());
    assertTrue(outcome.err().contains("generate"), outcome::err);
    assertFalse(outcome.err().contains("unexpected failure"), outcome::err);
  }
}

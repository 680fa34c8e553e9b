package org.charrnn.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.charrnn.api.Tokenizer;
import org.junit.jupiter.api.Test;

/**
 * The contract passes a correct tokenizer and fails each broken one, by the test meant for its
 * fault.
 */
class TokenizerContractTest {

  /** Exactly these tests fail. */
  private static void assertCaught(Tokenizer tokenizer, String... tests) {
    assertCaught(() -> tokenizer, tests);
  }

  private static void assertCaught(Supplier<Tokenizer> tokenizer, String... tests) {
    assertEquals(Set.of(tests), ContractRun.TOKENIZER.failures(tokenizer));
  }

  /** This test fails, and possibly others. */
  private static void assertCaughtAmongOthers(Tokenizer tokenizer, String test) {
    Set<String> failures = ContractRun.TOKENIZER.failures(() -> tokenizer);
    assertTrue(failures.contains(test), failures::toString);
  }

  @Test
  void correctTokenizer_passes() {
    assertCaught(new AlteredTokenizer());
  }

  @Test
  void droppedCharacter_isCaught() {
    assertCaught(
        AlteredTokenizer.withSplit(
            (text, symbols) -> AlteredTokenizer.codePoints(text.replace("\r", ""), symbols)),
        "join_ofSplit_isTheText");
  }

  @Test
  void emptySymbol_isCaught() {
    assertCaughtAmongOthers(
        AlteredTokenizer.withSplit((text, symbols) -> {
          text.lines().filter(String::isEmpty).forEach(symbols);
          AlteredTokenizer.codePoints(text, symbols);
        }),
        "split_deliversNoEmptySymbol");
  }

  @Test
  void splitSurrogatePair_isCaught() {
    assertCaught(
        AlteredTokenizer.withSplit((text, symbols) ->
            text.chars().mapToObj(unit -> String.valueOf((char) unit)).forEach(symbols)),
        "split_deliversSymbolsThatCanBeStored");
  }

  @Test
  void consecutiveNewlinesAsOneSymbol_areCaught() {
    assertCaughtAmongOthers(
        AlteredTokenizer.withSplit((text, symbols) ->
            Arrays.stream(text.split("(?<=[^\n])|(?=[^\n])"))
                .filter(symbol -> !symbol.isEmpty())
                .forEach(symbols)),
        "split_lineByLine_isTheSame");
  }

  @Test
  void cutInsideASymbol_isCaught() {
    assertCaught(
        new AlteredTokenizer(TokenizerContractTest::lineEndsAsOneSymbol, String::length),
        "cut_splitsEqually");
  }

  private static void lineEndsAsOneSymbol(String text, Consumer<String> symbols) {
    for (String part : text.split("(?<=\r\n)|(?=\r\n)")) {
      if (part.equals("\r\n")) {
        symbols.accept(part);
      } else {
        AlteredTokenizer.codePoints(part, symbols);
      }
    }
  }

  @Test
  void cutInsideASurrogatePair_isCaught() {
    assertCaught(
        AlteredTokenizer.withCut(
            text -> Math.max(AlteredTokenizer.endOfLastLine(text), text.length() - 1)),
        "cut_splitsEqually");
  }

  @Test
  void missingCut_isCaught() {
    assertCaught(AlteredTokenizer.withCut(_ -> 0), "cut_reachesTheEndOfTheLastLine");
  }

  @Test
  void stateBetweenCalls_isCaught() {
    assertCaught(
        () -> {
          AtomicBoolean used = new AtomicBoolean();
          return AlteredTokenizer.withSplit((text, symbols) -> {
            if (used.getAndSet(true)) {
              symbols.accept("again");
            }
            AlteredTokenizer.codePoints(text, symbols);
          });
        },
        "split_twice_deliversTheSame");
  }
}

package org.charrnn.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.charrnn.api.Tokenizer;
import org.junit.jupiter.api.Test;

/**
 * The contract passes a good tokenizer and catches each broken one, by the test that is meant to.
 */
class TokenizerContractTest {

  static class Good extends TokenizerContract {
    @Override
    protected Tokenizer tokenizer() {
      return new GoodTokenizer();
    }
  }

  @Test
  void goodTokenizer_passes() {
    assertEquals(Set.of(), ContractRun.failuresOf(Good.class));
  }

  /** The broken tokenizers are not registered either, so that test fails for each. */
  private static void assertCaught(Class<?> contract, String... tests) {
    Set<String> expected = new TreeSet<>(Set.of(tests));
    expected.add("tokenizer_isRegistered");
    assertEquals(expected, ContractRun.failuresOf(contract));
  }

  static class DropsACharacter extends TokenizerContract {
    @Override
    protected Tokenizer tokenizer() {
      return new GoodTokenizer() {
        @Override
        public void split(String text, Consumer<String> symbols) {
          super.split(text.replace("\r", ""), symbols);
        }
      };
    }
  }

  @Test
  void tokenizerThatDropsACharacter_isCaught() {
    assertCaught(DropsACharacter.class, "join_ofSplit_isTheText");
  }

  static class DeliversEmptySymbols extends TokenizerContract {
    @Override
    protected Tokenizer tokenizer() {
      return new GoodTokenizer() {
        @Override
        public void split(String text, Consumer<String> symbols) {
          text.lines().filter(String::isEmpty).forEach(symbols);
          super.split(text, symbols);
        }
      };
    }
  }

  @Test
  void tokenizerThatDeliversEmptySymbols_isCaught() {
    Set<String> failures = ContractRun.failuresOf(DeliversEmptySymbols.class);
    assertTrue(failures.contains("split_deliversNoEmptySymbol"), failures::toString);
  }

  static class SplitsSurrogates extends TokenizerContract {
    @Override
    protected Tokenizer tokenizer() {
      return new GoodTokenizer() {
        @Override
        public void split(String text, Consumer<String> symbols) {
          text.chars().mapToObj(unit -> String.valueOf((char) unit)).forEach(symbols);
        }
      };
    }
  }

  @Test
  void tokenizerThatSplitsSurrogatePairs_isCaught() {
    assertCaught(SplitsSurrogates.class, "split_deliversSymbolsThatCanBeStored");
  }

  static class LooksBeyondTheLine extends TokenizerContract {
    @Override
    protected Tokenizer tokenizer() {
      return new GoodTokenizer() {
        @Override
        public void split(String text, Consumer<String> symbols) {
          // Newlines that follow one another are one symbol.
          Arrays.stream(text.split("(?<=[^\n])|(?=[^\n])"))
              .filter(symbol -> !symbol.isEmpty())
              .forEach(symbols);
        }
      };
    }
  }

  @Test
  void tokenizerThatLooksBeyondTheLine_isCaught() {
    Set<String> failures = ContractRun.failuresOf(LooksBeyondTheLine.class);
    assertTrue(failures.contains("split_lineByLine_isTheSame"), failures::toString);
  }

  static class CutsAnywhere extends TokenizerContract {
    @Override
    protected Tokenizer tokenizer() {
      return new GoodTokenizer() {
        @Override
        public void split(String text, Consumer<String> symbols) {
          // CR and LF that follow one another are one symbol.
          Arrays.stream(text.split("(?<=\r\n)|(?=\r\n)"))
              .forEach(part -> {
                if (part.equals("\r\n")) {
                  symbols.accept(part);
                } else {
                  super.split(part, symbols);
                }
              });
        }

        @Override
        public int cut(String text) {
          return text.length();
        }
      };
    }
  }

  @Test
  void tokenizerThatCutsSymbols_isCaught() {
    assertCaught(CutsAnywhere.class, "cut_splittingThereIsTheSame");
  }

  static class CutsPairs extends TokenizerContract {
    @Override
    protected Tokenizer tokenizer() {
      return new GoodTokenizer() {
        @Override
        public int cut(String text) {
          return Math.max(text.lastIndexOf('\n') + 1, text.length() - 1);
        }
      };
    }
  }

  @Test
  void tokenizerThatCutsSurrogatePairs_isCaught() {
    assertCaught(CutsPairs.class, "cut_splittingThereIsTheSame");
  }

  static class NeverCuts extends TokenizerContract {
    @Override
    protected Tokenizer tokenizer() {
      return new GoodTokenizer() {
        @Override
        public int cut(String text) {
          return 0;
        }
      };
    }
  }

  @Test
  void tokenizerThatNeverCuts_isCaught() {
    assertCaught(NeverCuts.class, "cut_endsOfLinesAreReached");
  }

  static class Remembers extends TokenizerContract {
    @Override
    protected Tokenizer tokenizer() {
      return new GoodTokenizer() {
        private boolean used;

        @Override
        public void split(String text, Consumer<String> symbols) {
          if (used) {
            symbols.accept("again");
          }
          used = true;
          super.split(text, symbols);
        }
      };
    }
  }

  @Test
  void tokenizerWithMemory_isCaught() {
    assertCaught(Remembers.class, "split_twice_deliversTheSame");
  }
}

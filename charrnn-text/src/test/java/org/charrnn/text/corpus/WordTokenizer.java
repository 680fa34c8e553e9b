package org.charrnn.text.corpus;

import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.charrnn.api.Tokenizer;

/** Words and what stands between them; a text can be cut at the ends of lines, as by default. */
public class WordTokenizer implements Tokenizer {

  private static final Pattern SYMBOL = Pattern.compile("\\w+|\\r?\\n|[^\\w\\r\\n]+|\\r");

  @Override
  public String name() {
    return "words";
  }

  @Override
  public void split(String text, Consumer<String> symbols) {
    Matcher matcher = SYMBOL.matcher(text);
    while (matcher.find()) {
      symbols.accept(matcher.group());
    }
  }
}

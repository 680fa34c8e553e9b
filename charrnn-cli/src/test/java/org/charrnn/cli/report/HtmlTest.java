package org.charrnn.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HtmlTest {

  @Test
  void escape_leavesNoMarkup() {
    assertEquals(
        "&lt;script&gt;&amp;lt; &quot;q&quot; &#39;s&#39;\n选😀\uFFFD\uFFFD\uFFFD",
        Html.escape("<script>&lt; \"q\" 's'\n选😀\0\u001b\uFFFF"));
  }

  @Test
  void script_cannotBeEnded() {
    assertEquals("\"\\u003c/script>\\u003c!--\\u2028\"", Html.script("\"</script><!--\u2028\""));
  }

  @Test
  void numbers() {
    assertEquals("1\u202F234\u202F567", Html.count(1_234_567));
    assertEquals("4.50", Html.number(4.5, 2));
    assertEquals("–", Html.number(Double.NaN, 2));
    assertEquals("12.5 %", Html.percent(0.125));
  }
}

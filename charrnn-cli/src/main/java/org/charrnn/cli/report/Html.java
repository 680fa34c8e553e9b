package org.charrnn.cli.report;

import java.util.Locale;

/** Text and numbers as HTML. */
final class Html {

  private Html() {}

  /** Text for an element or a quoted attribute. Control characters are replaced. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(point -> {
          switch (point) {
            case '&' -> escaped.append("&amp;");
            case '<' -> escaped.append("&lt;");
            case '>' -> escaped.append("&gt;");
            case '"' -> escaped.append("&quot;");
            case '\'' -> escaped.append("&#39;");
            case '\n', '\t' -> escaped.appendCodePoint(point);
            default -> escaped.appendCodePoint(isSendable(point) ? point : 0xFFFD);
          }
        });
    return escaped.toString();
  }

  private static boolean isSendable(int point) {
    return !Character.isISOControl(point)
        && Character.getType(point) != Character.SURROGATE
        && (point & 0xFFFE) != 0xFFFE;
  }

  /** JSON for a script element; nothing in it can end the element. */
  static String script(String json) {
    return json.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
  }

  /** An integer with thousands separated. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number).replace(',', '\u202F');
  }

  /** A number with this many decimals; a dash if it is not finite. */
  static String number(double value, int decimals) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%." + decimals + "f", value) : "–";
  }

  static String percent(double share) {
    return number(100 * share, 1) + " %";
  }
}

package org.charrnn.cli.options;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.charrnn.text.config.Profile;
import org.charrnn.text.settings.Setting;

/** The values of each profile, for the help of commands that have one. It fits 80 columns. */
public final class ProfileTable {

  private static final int LABEL_WIDTH = 23;
  private static final int COLUMN_WIDTH = 13;

  private ProfileTable() {}

  /** The lines of the table: a heading, then one for each setting. */
  public static String[] lines() {
    List<Profile> profiles = Arrays.asList(Profile.values());
    List<List<Setting>> columns =
        profiles.stream().map(profile -> Setting.of(profile.config())).toList();
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(row("Profiles", profiles.stream().map(Profile::label).toList()));
    for (int i = 0; i < columns.getFirst().size(); i++) {
      int setting = i;
      lines.addAll(rows(columns.stream().map(column -> column.get(setting)).toList()));
    }
    return lines.toArray(String[]::new);
  }

  /** The row of a setting; if its values are numbers with names, a row for each of them. */
  private static List<String> rows(List<Setting> settings) {
    String label = SettingText.label(settings.getFirst());
    List<Map<?, ?>> numbers = settings.stream().<Map<?, ?>>map(ProfileTable::numbers).toList();
    List<String> names =
        numbers.stream()
            .flatMap(it -> it.keySet().stream())
            .map(Object::toString)
            .distinct()
            .sorted()
            .toList();
    if (names.isEmpty()) {
      return List.of(row(label, settings.stream().map(SettingText::value).toList()));
    }
    List<String> rows = new ArrayList<>();
    rows.add(row(label, List.of()));
    for (String name : names) {
      rows.add(
          row(
              "  " + name + "=",
              numbers.stream()
                  .map(it -> it.containsKey(name) ? String.valueOf(it.get(name)) : "none")
                  .toList()));
    }
    return rows;
  }

  private static Map<?, ?> numbers(Setting setting) {
    return setting.value().orElse("") instanceof Map<?, ?> numbers ? numbers : Map.of();
  }

  private static String row(String label, List<String> values) {
    StringBuilder row = new StringBuilder(pad(label, LABEL_WIDTH));
    values.forEach(value -> row.append(pad(value.toLowerCase(Locale.ROOT), COLUMN_WIDTH)));
    return " " + row.toString().stripTrailing();
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }
}

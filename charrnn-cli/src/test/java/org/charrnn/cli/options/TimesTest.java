package org.charrnn.cli.options;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

  @ParameterizedTest
  @CsvSource({
    "90s, 90, 1m30s",
    "15m, 900, 15m",
    "1h30m, 5400, 1h30m",
    "2h5s, 7205, 2h5s",
    "0s, 0, 0s"
  })
  void parse_andFormat(String typed, long seconds, String formatted) {
    Duration time = Times.parse(typed).orElseThrow();
    assertEquals(Duration.ofSeconds(seconds), time);
    assertEquals(formatted, Times.format(time));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "15", "m", "15 m", "-3s", "30m1h", "1.5h", "9999999s"})
  void parse_whatIsNoTime(String typed) {
    assertEquals(Optional.empty(), Times.parse(typed));
  }
}

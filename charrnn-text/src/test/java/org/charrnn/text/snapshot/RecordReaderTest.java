package org.charrnn.text.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.Profile;
import org.charrnn.text.config.SampleConfig;
import org.charrnn.text.config.Schedule;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.config.WindowConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Records are read as Jackson writes them, and nothing else is. */
class RecordReaderTest {

  private static final JsonMapper JACKSON = new JsonMapper();

  /** A value of each type. */
  record Types(
      boolean flag,
      int small,
      long large,
      double real,
      String text,
      OptionalInt some,
      OptionalLong none,
      OptionalDouble nothing,
      Optional<Duration> time,
      Map<String, Double> numbers,
      Color color) {}

  /** A constant. */
  enum Color {
    RED,
    BLUE
  }

  private static <T> T read(Class<T> type, String json) {
    return RecordReader.read(type, JACKSON.readTree(json.replace('\'', '"')));
  }

  private static void assertRefused(String message, Class<?> type, String json) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, () -> read(type, json)).getMessage());
  }

  @Test
  void valuesOfEachType_comeBack() {
    Types values =
        new Types(
            true,
            Integer.MIN_VALUE,
            Long.MAX_VALUE,
            Double.MIN_VALUE,
            "\"\u9009\"",
            OptionalInt.of(3),
            OptionalLong.empty(),
            OptionalDouble.empty(),
            Optional.of(Duration.ofSeconds(90, 5)),
            Map.of("a", 1.0, "b", Double.NaN, "c", Double.NEGATIVE_INFINITY),
            Color.BLUE);
    assertEquals(values, read(Types.class, JACKSON.writeValueAsString(values)));
  }

  @Test
  void configurationWithEveryKindOfOption_comesBack() {
    TrainingConfig config =
        Profile.SMALL.config().toBuilder()
            .watch(it -> it.maxTime(Duration.ofMinutes(15)).validateEverySteps(7))
            .optimizer(
                it -> it.schedule(new Schedule.Staircase(3, Schedule.Staircase.Unit.EPOCHS, 0.5)))
            .build();
    assertEquals(config, read(TrainingConfig.class, JACKSON.writeValueAsString(config)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "seqLength must be an integer: 1.5 | {'seqLength':1.5,'batchSize':1,'carryState':true}",
        "seqLength must be an integer: null | {'seqLength':null,'batchSize':1,'carryState':true}",
        "batchSize must be an integer: 3000000000 | {'seqLength':1,'batchSize':3000000000,'carryState':true}",
        "carryState must be true or false: 1 | {'seqLength':1,'batchSize':1,'carryState':1}",
        "the property 'carryState' is missing | {'seqLength':1,'batchSize':1}",
        "there is no property 'more' | {'seqLength':1,'batchSize':1,'carryState':true,'more':1}",
        "it must be an object: array | []"
      })
  void valueOfAnotherType_isRefused(String message, String json) {
    assertRefused(message, WindowConfig.class, json);
  }

  @Test
  void sealedFamily_isReadByName() {
    assertEquals(
        new Schedule.Cosine(100, 0),
        read(Schedule.class, "{'name':'cosine','warmupSteps':100,'end':0.0}"));
    String expected = "name must be one of constant, decay, step, cosine, plateau: ";
    assertRefused(expected + "\"sine\"", Schedule.class, "{'name':'sine'}");
    assertRefused(expected + "missing", Schedule.class, "{}");
  }

  @Test
  void olderName_isRead() {
    String json = "{'begin':'a','length':3,'temperature':0.5}";
    assertEquals(new SampleConfig(Optional.of("a"), 3, 0.5), read(SampleConfig.class, json));
    assertRefused(
        "there is no property 'begin'", SampleConfig.class, json.replace("{", "{'prompt':'b',"));
  }

  @Test
  void checksOfARecord_areItsOwnExceptions() {
    assertThrows(
        InvalidOptionException.class,
        () -> read(WindowConfig.class, "{'seqLength':0,'batchSize':1,'carryState':true}"));
  }
}

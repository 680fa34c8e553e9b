package org.charrnn.api.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.charrnn.api.Accelerator;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.Availability;
import org.charrnn.api.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AcceleratorsTest {

  private record Fake(String name, int priority, Availability availability) implements Accelerator {
    @Override
    public Session open(AcceleratorOptions options) {
      throw new UnsupportedOperationException("these tests open nothing");
    }
  }

  private static final Accelerator PLAIN =
      new Fake("plain", 10, new Availability.Available("plain Java on 2 cores"));
  private static final Accelerator FAST =
      new Fake("fast", 50, new Availability.Available("vectors of 16"));
  private static final Accelerator GPU =
      new Fake("gpu", 100, new Availability.Unavailable("no driver", "Install one"));

  private final Logger logger = Logger.getLogger(Accelerators.class.getName());
  private final List<String> lines = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          lines.add(entry.getLevel() + " " + entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    logger.setLevel(Level.FINE);
    logger.setUseParentHandlers(false);
    logger.addHandler(handler);
  }

  @AfterEach
  void stopListening() {
    logger.removeHandler(handler);
    logger.setUseParentHandlers(true);
    logger.setLevel(null);
    System.clearProperty(Accelerators.PROPERTY);
  }

  private static Accelerator choose(String requested, Accelerator... found) {
    return Accelerators.choose(
        Optional.of(requested), Plugins.of(PluginKind.ACCELERATOR, List.of(found)));
  }

  private static Accelerator best(Accelerator... found) {
    return Accelerators.choose(
        Optional.empty(), Plugins.of(PluginKind.ACCELERATOR, List.of(found)));
  }

  // ---- who is asked

  @Test
  void wish_argumentThenPropertyThenVariable() {
    Optional<String> none = Optional.empty();
    assertEquals(
        Optional.of("a"),
        Accelerators.requested(Optional.of("a"), Optional.of("p"), Optional.of("v")));
    assertEquals(
        Optional.of("p"), Accelerators.requested(none, Optional.of("p"), Optional.of("v")));
    assertEquals(Optional.of("v"), Accelerators.requested(none, none, Optional.of("v")));
    assertEquals(none, Accelerators.requested(none, none, none));
  }

  @Test
  void wish_blankIsNone() {
    assertEquals(
        Optional.of("v"),
        Accelerators.requested(Optional.of(" "), Optional.of(""), Optional.of(" v ")));
    assertEquals(
        Optional.empty(),
        Accelerators.requested(Optional.empty(), Optional.of(""), Optional.of("\t")));
  }

  @Test
  void choose_property_isAsked() {
    System.setProperty(Accelerators.PROPERTY, "from-property");
    assertTrue(message(() -> Accelerators.choose(Optional.empty())).contains("'from-property'"));
    assertTrue(
        message(() -> Accelerators.choose(Optional.of("from-argument")))
            .contains("'from-argument'"));
  }

  // ---- by name

  @Test
  void choose_named_whateverThePriority_withoutALine() {
    assertEquals(PLAIN.name(), choose("plain", GPU, FAST, PLAIN).name());
    assertEquals(List.of(), lines);
  }

  @Test
  void choose_unknown_listsAllWithTheirReasons() {
    String message = message(() -> choose("tpu", GPU, PLAIN));
    assertTrue(
        message.startsWith("There is no accelerator named 'tpu'. Found: gpu, plain."), message);
    assertTrue(
        message.endsWith(
            "Found: gpu (unavailable: no driver; Install one), plain (plain Java on 2 cores)."),
        message);
  }

  @Test
  void choose_unavailable_saysReasonAndRemedyAndListsAll() {
    assertEquals(
        "Accelerator 'gpu' cannot be used here: no driver. Install one. Found: gpu (unavailable: no"
            + " driver; Install one), plain (plain Java on 2 cores).",
        message(() -> choose("gpu", GPU, PLAIN)));
  }

  @Test
  void choose_nameThatTwoHave() {
    Accelerator other = new Fake("plain", 99, new Availability.Available("elsewhere"));
    assertTrue(message(() -> choose("plain", PLAIN, other)).contains("are named 'plain'"));
  }

  // ---- by priority

  @Test
  void choose_automatically_theHighestPriorityThatIsAvailable() {
    assertEquals(FAST.name(), best(PLAIN, FAST, GPU).name());
    assertEquals(PLAIN.name(), best(PLAIN).name());
  }

  @Test
  void choose_automatically_samePriority_firstName() {
    Accelerator twin = new Fake("another", 50, new Availability.Available("twin"));
    assertEquals(twin.name(), best(FAST, twin).name());
    assertEquals(twin.name(), best(twin, FAST).name());
  }

  @Test
  void choose_automatically_logsTheChoice_andItsReasonsAsDetails() {
    best(PLAIN, FAST, GPU);
    assertEquals(
        List.of(
            "INFO accelerator fast, vectors of 16",
            "FINE unavailable: gpu (unavailable: no driver; Install one); of lower priority:"
                + " plain."),
        lines);
  }

  @Test
  void choose_automatically_onlyOne_hasNothingToExplain() {
    best(PLAIN);
    assertEquals(
        List.of(
            "INFO accelerator plain, plain Java on 2 cores",
            "FINE unavailable: none; of lower priority: none."),
        lines);
  }

  @Test
  void choose_automatically_noneAvailable() {
    assertEquals(
        "No accelerator is available. Found: gpu (unavailable: no driver; Install one). Put"
            + " charrnn-accel-java on the class path.",
        message(() -> best(GPU)));
    assertEquals(
        "No accelerator is available. None was found. Put charrnn-accel-java on the class path.",
        message(() -> best()));
    assertEquals(List.of(), lines);
  }

  @Test
  void choose_checkThatThrows_doesNotStopTheOthers() {
    Accelerator broken =
        new Accelerator() {
          @Override
          public String name() {
            return "broken";
          }

          @Override
          public int priority() {
            return 1000;
          }

          @Override
          public Availability availability() {
            throw new NoClassDefFoundError("vendor/Driver");
          }

          @Override
          public Session open(AcceleratorOptions options) {
            throw new UnsupportedOperationException("these tests open nothing");
          }
        };
    assertEquals(PLAIN.name(), best(broken, PLAIN).name());
    assertTrue(lines.getLast().contains("vendor/Driver"), lines::toString);
    assertTrue(message(() -> choose("broken", broken, PLAIN)).contains("vendor/Driver"));
    assertFalse(lines.getLast().contains("\n"));
  }

  private static String message(Runnable mistake) {
    return assertThrows(NoSuchPluginException.class, mistake::run).getMessage();
  }
}

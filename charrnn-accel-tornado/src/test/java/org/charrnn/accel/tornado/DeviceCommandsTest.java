package org.charrnn.accel.tornado;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.charrnn.accel.tornado.SdkProcess.Outcome;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With an SDK: devices as a user selects them with {@code bin/charrnn}. */
class DeviceCommandsTest {

  @TempDir private Path folder;

  private BinCharrnn charrnn;
  private Path text;

  @BeforeAll
  static void needsAnSdk() {
    RealDevice.require();
  }

  @BeforeEach
  void checkout() throws IOException {
    charrnn = new BinCharrnn(folder.resolve("checkout"));
    text =
        Files.writeString(folder.resolve("text.txt"), "der Wind, das himmlische Kind. ".repeat(20));
  }

  private Outcome train(Object... more) throws Exception {
    return trainWith(12, more);
  }

  private Outcome trainWith(int hiddenSize, Object... more) throws Exception {
    return charrnn.run(
        concat(
            List.of("train", text, "--out", folder.resolve("model"), "--max-steps", 3),
            List.of("--hidden-size", hiddenSize, "--batch-size", 2, "--seq-length", 6),
            List.of(more)));
  }

  private static Object[] concat(List<?>... parts) {
    return List.of(parts).stream().flatMap(List::stream).toArray();
  }

  private static void assertContains(String expected, Outcome outcome) {
    assertTrue(outcome.output().contains(expected), outcome::output);
  }

  @Test
  void accelerators_listsEveryDeviceWithBackendNameAndMemory() throws Exception {
    Outcome outcome = charrnn.run("accelerators");
    assertEquals(0, outcome.exitCode(), outcome::output);
    String tornado = outcome.lines("tornado ").getFirst();
    assertTrue(tornado.contains(" yes "), tornado);
    for (DeviceInfo device : RealDevice.devices()) {
      assertTrue(tornado.contains(device.id() + " " + device.name() + ", "), tornado);
      assertTrue(tornado.contains(" GiB"), tornado);
    }
  }

  /** Whether it is a GPU or not: without the option, Java starts without TornadoVM. */
  @Test
  void accelerators_namesTheDefaultThatTrainUses() throws Exception {
    Outcome list = charrnn.run("accelerators");
    String name = list.lines("Default: ").getFirst().replaceAll("Default: '([a-z-]+)'.*", "$1");
    Outcome training = train("--verbose");
    assertEquals(0, training.exitCode(), training::output);
    assertContains("accelerator " + name + ",", training);
  }

  @Test
  void device_byBackendAndIndex_trains() throws Exception {
    Outcome outcome =
        train("--accelerator", "tornado", "--device", RealDevice.devices().getLast().id());
    assertEquals(0, outcome.exitCode(), outcome::output);
    assertTrue(Files.exists(folder.resolve("model")), outcome::output);
  }

  /** In upper case, and if only one device has that name. */
  @Test
  void device_byName_trainsOrSaysThatThereAreSeveral() throws Exception {
    String name = RealDevice.devices().getFirst().name();
    boolean isOne =
        RealDevice.devices().stream().filter(device -> device.name().equals(name)).count() == 1;
    Outcome outcome = train("--accelerator=tornado", "--device", name.toUpperCase(Locale.ROOT));
    assertEquals(isOne ? 0 : 2, outcome.exitCode(), outcome::output);
    assertEquals(isOne, !outcome.output().contains("More than one device"), outcome::output);
  }

  @Test
  void device_unknown_listsTheDevices() throws Exception {
    Outcome outcome = train("--accelerator", "tornado", "--device", "opencl:99");
    assertEquals(2, outcome.exitCode(), outcome::output);
    String message = outcome.lines("charrnn: ").getLast();
    assertTrue(message.contains("No device is called 'opencl:99'. Available devices: "), message);
    assertTrue(message.contains(RealDevice.devices().getFirst().describe()), message);
    assertFalse(Files.exists(folder.resolve("model")), outcome::output);
  }

  /** With a limit for Java that does not refuse the size first. */
  @Test
  void hiddenSizeBeyondTheMemory_saysHowMuchAndWhatToReduce() throws Exception {
    charrnn.environment("CHARRNN_JAVA_OPTS", "-Xmx100g");
    Outcome outcome = trainWith(30_000, "--accelerator", "tornado");
    assertEquals(2, outcome.exitCode(), outcome::output);
    String message = outcome.lines("charrnn: Out of memory on ").getLast();
    assertTrue(
        message.matches(".* [0-9.]+ GiB are needed, the device has [0-9.]+ GiB .*"), message);
    assertTrue(message.contains("Reduce the batch size"), message);
    assertFalse(Files.exists(folder.resolve("model")), outcome::output);
  }

  /** How much memory is free is known only when the runtime allocates it. */
  @Test
  void deviceOutOfMemory_saysHowMuchAndWhatToReduce() throws Exception {
    charrnn.environment("CHARRNN_JAVA_OPTS", "-Dtornado.device.memory=1MB");
    Outcome outcome = trainWith(300, "--accelerator", "tornado");
    assertEquals(2, outcome.exitCode(), outcome::output);
    assertContains("Out of memory on " + RealDevice.devices().getFirst().id(), outcome);
    assertContains("Reduce the batch size", outcome);
    assertContains("The runtime says: ", outcome);
  }

  @Test
  void javaOutOfMemory_saysSo() throws Exception {
    charrnn.environment("CHARRNN_JAVA_OPTS", "-XX:MaxDirectMemorySize=4m");
    Outcome outcome = trainWith(800, "--accelerator", "tornado");
    assertEquals(2, outcome.exitCode(), outcome::output);
    assertContains("Out of memory in Java", outcome);
    assertContains("-XX:MaxDirectMemorySize", outcome);
  }

  @Test
  void noDriver_saysWhyAndWhatToDo() throws Exception {
    charrnn.environment("OCL_ICD_VENDORS", Files.createDirectory(folder.resolve("vendors")));
    assertUnavailable();
  }

  @Test
  void driverThatCannotBeLoaded_saysWhyAndWhatToDo() throws Exception {
    Path vendors = Files.createDirectory(folder.resolve("vendors"));
    Files.writeString(vendors.resolve("gone.icd"), "/nowhere/libgone.so\n");
    charrnn.environment("OCL_ICD_VENDORS", vendors);
    assertUnavailable();
  }

  private void assertUnavailable() throws Exception {
    RealDevice.requireOnlyOpenCl();
    Outcome list = charrnn.run("accelerators");
    assertEquals(0, list.exitCode(), list::output);
    String tornado = list.lines("tornado ").getFirst();
    assertTrue(tornado.contains("No OpenCL platforms found"), tornado);
    assertContains("TORNADOVM_HOME", list);

    Outcome named = train("--accelerator", "tornado");
    assertEquals(2, named.exitCode(), named::output);
    assertContains("No OpenCL platforms found", named);
    assertFalse(Files.exists(folder.resolve("model")), named::output);

    Outcome automatic = train("--verbose");
    assertEquals(0, automatic.exitCode(), automatic::output);
    assertContains("tornado (unavailable: ", automatic);
    assertContains("accelerator java", automatic);
  }
}

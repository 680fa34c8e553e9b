package org.charrnn.accel.tornado;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import org.charrnn.accel.tornado.layout.Placement;
import org.charrnn.api.Accelerator;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.Availability;
import org.charrnn.api.DeviceException;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.exceptions.TornadoOutOfMemoryException;

class DevicesTest {

  private static final DeviceInfo CPU = device("opencl", 0, "pthread Ryzen", false);
  private static final DeviceInfo GPU = device("opencl", 1, "NVIDIA H200", true);
  private static final DeviceInfo SAME_GPU = device("ptx", 0, "NVIDIA H200", true);

  private static DeviceInfo device(String backend, int index, String name, boolean gpu) {
    return device(backend, index, name, gpu, 1024);
  }

  private static DeviceInfo device(
      String backend, int index, String name, boolean gpu, int groupSize) {
    TornadoDevice none =
        (TornadoDevice)
            Proxy.newProxyInstance(
                DevicesTest.class.getClassLoader(),
                new Class<?>[] {TornadoDevice.class},
                (_, method, _) -> {
                  throw new UnsupportedOperationException(method.getName());
                });
    return new DeviceInfo(backend, index, name, 8L << 30, 2L << 30, groupSize, gpu, none);
  }

  private static DeviceInfo choose(String requested) {
    return Devices.choose(List.of(CPU, GPU, SAME_GPU), Optional.of(requested));
  }

  @Test
  void choose_noRequest_firstGpu() {
    assertEquals(GPU, Devices.choose(List.of(CPU, GPU, SAME_GPU), Optional.empty()));
    assertEquals(CPU, Devices.choose(List.of(CPU), Optional.empty()));
  }

  @Test
  void choose_byBackendAndIndex() {
    assertEquals(CPU, choose("opencl:0"));
    assertEquals(SAME_GPU, choose("PTX:0"));
  }

  @Test
  void choose_byPartOfTheName() {
    assertEquals(CPU, choose("ryzen"));
  }

  @Test
  void choose_ambiguousName_listsAll() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> choose("h200")).getMessage();
    assertTrue(message.startsWith("More than one device is called 'h200'"), message);
    assertTrue(message.contains("ptx:0 NVIDIA H200, 8.0 GiB"), message);
  }

  @Test
  void choose_unknownName_listsAll() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> choose("opencl:7")).getMessage();
    assertTrue(message.startsWith("No device is called 'opencl:7'"), message);
    assertTrue(message.contains("opencl:0 pthread Ryzen"), message);
  }

  @Test
  void requireWorkGroups_tooSmall_saysHowLargeTheyAre() {
    GPU.requireWorkGroups();
    device("opencl", 0, "processor", false, 64).requireWorkGroups();
    DeviceInfo small = device("opencl", 2, "VideoCore", true, 128);
    String message = assertThrows(DeviceException.class, small::requireWorkGroups).getMessage();
    assertTrue(message.contains("opencl:2 VideoCore"), message);
    assertTrue(message.contains("at most 128 work items, and the kernels need 256"), message);
  }

  @Test
  void requireMemoryFor_tooMuch_saysHowMuchAndWhatToReduce() {
    GPU.requireMemoryFor(new Placement.Size(1 << 28, 0)); // 1 GiB
    Placement.Size threeGibibytes = new Placement.Size(3L << 28, 0);
    String message =
        assertThrows(DeviceException.class, () -> GPU.requireMemoryFor(threeGibibytes))
            .getMessage();
    assertTrue(
        message.contains(
            "3.0 GiB are needed, the device has 8.0 GiB and allocates at most 2.0 GiB"),
        message);
    assertTrue(message.contains("Reduce the batch size"), message);
  }

  @Test
  void refusal_runtimeOutOfMemory_saysHowMuchAndWhatToReduce() {
    Throwable error =
        new IllegalStateException("no", new TornadoOutOfMemoryException("Unable to allocate"));
    String message = GPU.refusal(new Placement.Size(1 << 28, 0), error).getMessage();
    assertTrue(
        message.startsWith(
            "Out of memory on opencl:1 NVIDIA H200: 1.0 GiB are needed, the device has 8.0 GiB"),
        message);
    assertTrue(message.contains("Reduce the batch size"), message);
    assertTrue(message.endsWith("The runtime says: no"), message);
  }

  @Test
  void refusal_javaOutOfMemory_saysSo() {
    Throwable error = new OutOfMemoryError("Cannot reserve bytes");
    String message = GPU.refusal(new Placement.Size(1 << 28, 0), error).getMessage();
    assertTrue(message.startsWith("Out of memory in Java"), message);
    assertTrue(message.contains("1.0 GiB"), message);
    assertTrue(message.contains("-XX:MaxDirectMemorySize"), message);
  }

  @Test
  void refusal_anythingElse_namesTheDevice() {
    String message =
        GPU.refusal(new Placement.Size(16, 16), new IllegalStateException("broken")).getMessage();
    assertEquals("Device opencl:1 cannot be used. The runtime says: broken", message);
  }

  @Test
  void availability_fallbackToJavaIsOn_refuses() {
    String before = System.getProperty(Devices.FALLBACK);
    System.setProperty(Devices.FALLBACK, "true");
    try {
      Availability.Unavailable unavailable =
          assertInstanceOf(Availability.Unavailable.class, new TornadoAccelerator().availability());
      assertEquals("Start with -Dtornado.recover.bailout=false", unavailable.remedy());
    } finally {
      if (before == null) {
        System.clearProperty(Devices.FALLBACK);
      } else {
        System.setProperty(Devices.FALLBACK, before);
      }
    }
  }

  @Test
  void availability_noSdk_saysWhyAndWhatToDo() {
    assumeTrue(System.getenv("TORNADOVM_HOME") == null, "TORNADOVM_HOME is set");
    Accelerator accelerator = new TornadoAccelerator();
    Availability.Unavailable unavailable =
        assertInstanceOf(Availability.Unavailable.class, accelerator.availability());
    assertTrue(unavailable.reason().contains("TornadoVM"), unavailable.reason());
    assertTrue(unavailable.remedy().contains("TORNADOVM_HOME"), unavailable.remedy());
    String message =
        assertThrows(
                IllegalStateException.class, () -> accelerator.open(AcceleratorOptions.defaults()))
            .getMessage();
    assertTrue(message.contains(unavailable.reason()), message);
  }
}

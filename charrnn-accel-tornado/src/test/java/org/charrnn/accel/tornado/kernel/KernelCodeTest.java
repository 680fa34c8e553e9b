package org.charrnn.accel.tornado.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.charrnn.accel.tornado.lowering.Programs;
import org.charrnn.graph.program.Program;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.KernelContext;

/** Rules for the code of kernels that TornadoVM's compiler imposes; plain Java would not notice. */
class KernelCodeTest {

  private static final String CONTEXT = KernelContext.class.getName();
  private static final String PACKAGE = "org.charrnn.accel.tornado.";

  /** Every call that kernels of a program make, directly or in a method that they call. */
  private static List<InvokeInstruction> calls(Program program) {
    List<InvokeInstruction> calls = new ArrayList<>();
    Set<String> visited = new LinkedHashSet<>();
    for (Launch launch : Programs.launches(program, true)) {
      byte[] kernel = KernelClass.kernelClass(launch.kernel(), launch.counter(), launch.position());
      ClassFile.of().parse(kernel).methods().forEach(method -> collect(method, calls, visited));
    }
    return calls;
  }

  private static void collect(
      MethodModel method, List<InvokeInstruction> calls, Set<String> visited) {
    method.code().stream()
        .flatMap(code -> code.elementStream())
        .filter(InvokeInstruction.class::isInstance)
        .map(InvokeInstruction.class::cast)
        .forEach(call -> {
          calls.add(call);
          String owner = name(call);
          String target = owner + "." + call.name() + call.type();
          if (owner.startsWith(PACKAGE) && visited.add(target)) {
            collect(target(call), calls, visited);
          }
        });
  }

  private static MethodModel target(InvokeInstruction call) {
    String file = "/" + call.owner().asInternalName() + ".class";
    try (InputStream in = KernelCodeTest.class.getResourceAsStream(file)) {
      return ClassFile.of().parse(in.readAllBytes()).methods().stream()
          .filter(method -> method.methodName().equals(call.name()))
          .filter(method -> method.methodType().equals(call.type()))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(InvokeInstruction call) {
    return call.owner().asInternalName().replace('/', '.');
  }

  private static boolean allocatesLocalArray(InvokeInstruction call) {
    return name(call).equals(CONTEXT) && call.name().stringValue().startsWith("allocate");
  }

  private static boolean usesArrays(InvokeInstruction call) {
    return Stream.concat(
            Stream.of(call.typeSymbol().returnType()), call.typeSymbol().parameterList().stream())
        .anyMatch(ClassDesc::isArray);
  }

  /** TornadoVM 5.2 compiles a store to such an array with a wrong index; see docs/gpu.md. */
  @Test
  void localArray_isNotPassedToAnotherMethod() {
    List<Program> programs =
        List.of(
            Programs.products(512, 20, 512),
            Programs.products(20, 20, 20),
            Programs.training(3, 20, 8));
    int allocations = 0;
    for (Program program : programs) {
      for (InvokeInstruction call : calls(program)) {
        boolean allocates = allocatesLocalArray(call);
        allocations += allocates ? 1 : 0;
        assertTrue(
            allocates || !usesArrays(call), () -> name(call) + "." + call.name() + call.type());
      }
    }
    // Two for each large product; two in SharedTile; one in CrossEntropy: the check saw local
    // arrays.
    assertTrue(allocations >= 4 * 2 + 2 + 1, "local arrays seen: " + allocations);
    assertEquals(0, allocationsOf(Programs.adding(3)));
  }

  private static long allocationsOf(Program program) {
    return calls(program).stream().filter(KernelCodeTest::allocatesLocalArray).count();
  }
}

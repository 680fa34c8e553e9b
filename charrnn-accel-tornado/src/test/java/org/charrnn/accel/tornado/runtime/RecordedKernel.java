package org.charrnn.accel.tornado.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.charrnn.accel.tornado.kernel.KernelClass;
import org.charrnn.accel.tornado.kernel.Launch;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * A kernel whose accesses to memory go to the {@link AccessLog} of its work item: its class, and
 * those of the methods that it calls, are loaded again with calls of {@link RecordedAccess} in
 * place of every access.
 */
final class RecordedKernel {

  private static final String PACKAGE = "org.charrnn.accel.tornado.";
  private static final ClassDesc FLOATS = FloatArray.class.describeConstable().orElseThrow();
  private static final ClassDesc INTS = IntArray.class.describeConstable().orElseThrow();
  private static final ClassDesc ACCESS = RecordedAccess.class.describeConstable().orElseThrow();
  private static final ClassDesc LOCAL = ConstantDescs.CD_float.arrayType();

  private final MethodHandle compute;

  RecordedKernel(Launch launch) {
    byte[] kernel = KernelClass.kernelClass(launch.kernel(), launch.counter(), launch.position());
    try {
      Loader loader = new Loader(kernel);
      Class<?> type = loader.loadClass(loader.generated);
      compute =
          MethodHandles.lookup()
              .findStatic(
                  type,
                  "compute",
                  MethodType.methodType(
                      void.class, KernelContext.class, FloatArray.class, IntArray.class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  void apply(WorkItem item, FloatArray floats, IntArray ints) {
    RecordedAccess.ITEM.set(item);
    try {
      compute.invoke((KernelContext) item, floats, ints);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] recorded(byte[] bytes) {
    ClassFile file = ClassFile.of();
    return file.transformClass(
        file.parse(bytes), ClassTransform.transformingMethodBodies(RecordedKernel::record));
  }

  private static void record(CodeBuilder code, CodeElement element) {
    switch (element) {
      case InvokeInstruction call when isAccess(call) ->
          code.invokestatic(
              ACCESS,
              call.name().stringValue(),
              call.typeSymbol().insertParameterTypes(0, call.owner().asSymbol()));
      case ArrayLoadInstruction load when load.opcode() == Opcode.FALOAD ->
          code.invokestatic(
              ACCESS,
              "get",
              MethodTypeDesc.of(ConstantDescs.CD_float, LOCAL, ConstantDescs.CD_int));
      case ArrayStoreInstruction store when store.opcode() == Opcode.FASTORE ->
          code.invokestatic(
              ACCESS,
              "set",
              MethodTypeDesc.of(
                  ConstantDescs.CD_void, LOCAL, ConstantDescs.CD_int, ConstantDescs.CD_float));
      default -> code.with(element);
    }
  }

  private static boolean isAccess(InvokeInstruction call) {
    ClassDesc owner = call.owner().asSymbol();
    return owner.equals(FLOATS) || owner.equals(INTS);
  }

  /** Loads classes of this package again, except for those that the recording itself needs. */
  private static final class Loader extends ClassLoader {

    private final byte[] kernel;
    private final String generated;

    Loader(byte[] kernel) {
      super(RecordedKernel.class.getClassLoader());
      this.kernel = kernel;
      generated = ClassFile.of().parse(kernel).thisClass().asInternalName().replace('/', '.');
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      if (!name.startsWith(PACKAGE) || name.equals(RecordedAccess.class.getName())) {
        return super.loadClass(name, resolve);
      }
      byte[] bytes = recorded(name.equals(generated) ? kernel : bytes(name));
      return defineClass(name, bytes, 0, bytes.length);
    }

    private static byte[] bytes(String name) {
      String file = "/" + name.replace('.', '/') + ".class";
      try (InputStream in = RecordedKernel.class.getResourceAsStream(file)) {
        return in.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

package org.charrnn.accel.tornado;

import static java.lang.classfile.ClassFile.ACC_FINAL;
import static java.lang.classfile.ClassFile.ACC_PUBLIC;
import static java.lang.classfile.ClassFile.ACC_STATIC;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task3;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Writes the class of a kernel, with all its numbers as constants: expressions of cells and
 * optimizers that nobody knew at build time, or a call of a method that was.
 *
 * <p>TornadoVM compiles a class that was made at run time if three things hold. The system class
 * loader finds a class file of the same name with the same method; {@link GeneratedKernel} is there
 * for that, and the written class is defined by a class loader of its own. The method has a table
 * of local variables that names its parameters. And the task is an object whose {@code apply} calls
 * the kernel directly, which a second written class provides.
 *
 * <p><b>Thread safety.</b> Any number of threads.
 */
final class KernelClass {

  /** The parameters of the method. */
  static final int CONTEXT_AT = 0;

  static final int FLOATS_AT = 1;
  static final int INTS_AT = 2;

  static final ClassDesc CONTEXT = KernelContext.class.describeConstable().orElseThrow();
  static final ClassDesc FLOATS = FloatArray.class.describeConstable().orElseThrow();
  static final ClassDesc INTS = IntArray.class.describeConstable().orElseThrow();

  private static final ClassDesc KERNEL = GeneratedKernel.class.describeConstable().orElseThrow();
  private static final ClassDesc TASK = ClassDesc.of(GeneratedKernel.class.getName() + "Task");
  private static final ClassDesc TASK_INTERFACE = Task3.class.describeConstable().orElseThrow();
  private static final MethodTypeDesc COMPUTE =
      MethodTypeDesc.of(ConstantDescs.CD_void, CONTEXT, FLOATS, INTS);
  private static final MethodTypeDesc SET_INT =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int, ConstantDescs.CD_int);
  private static final MethodTypeDesc APPLY =
      MethodTypeDesc.of(
          ConstantDescs.CD_void,
          ConstantDescs.CD_Object,
          ConstantDescs.CD_Object,
          ConstantDescs.CD_Object);

  /**
   * Classes that were written, as long as there is memory for them. TornadoVM keeps what it knows
   * of a method until the process ends, so a class of its own for each session would be a leak.
   */
  private static final Map<Written, SoftReference<Task3<KernelContext, FloatArray, IntArray>>>
      WRITTEN = new ConcurrentHashMap<>();

  /** What a class is written for. */
  private record Written(Kernel kernel, Clock clock) {}

  private KernelClass() {}

  /** The task of a launch; equal kernels with equal clocks share it. */
  static Task3<KernelContext, FloatArray, IntArray> of(Launch launch) {
    Written wanted = new Written(launch.kernel(), launch.clock());
    SoftReference<Task3<KernelContext, FloatArray, IntArray>> known = WRITTEN.get(wanted);
    Task3<KernelContext, FloatArray, IntArray> task = known == null ? null : known.get();
    if (task == null) {
      task = write(wanted);
      WRITTEN.put(wanted, new SoftReference<>(task));
    }
    return task;
  }

  @SuppressWarnings("unchecked")
  private static Task3<KernelContext, FloatArray, IntArray> write(Written wanted) {
    Loader loader = new Loader();
    loader.define(KERNEL, kernelClass(wanted.kernel(), wanted.clock()));
    Class<?> task = loader.define(TASK, taskClass());
    try {
      return (Task3<KernelContext, FloatArray, IntArray>) task.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the class written for a kernel cannot be used", e);
    }
  }

  /** The class file of a kernel. */
  static byte[] kernelClass(Kernel kernel, Clock clock) {
    return ClassFile.of()
        .build(
            KERNEL,
            type ->
                type.withFlags(ACC_PUBLIC | ACC_FINAL)
                    .withMethodBody(
                        "compute",
                        COMPUTE,
                        ACC_PUBLIC | ACC_STATIC,
                        code -> {
                          Label begin = code.newLabel();
                          Label end = code.newLabel();
                          code.labelBinding(begin);
                          code.localVariable(CONTEXT_AT, "context", CONTEXT, begin, end);
                          code.localVariable(FLOATS_AT, "floats", FLOATS, begin, end);
                          code.localVariable(INTS_AT, "ints", INTS, begin, end);
                          kernel.write(code, writeClock(code, clock));
                          code.return_();
                          code.labelBinding(end);
                        }));
  }

  /** Leaves the step in a new local variable; the first work item moves it on. */
  private static int writeClock(CodeBuilder code, Clock clock) {
    int step = code.allocateLocal(TypeKind.INT);
    if (clock.from() == Clock.NOWHERE) {
      code.loadConstant(0);
    } else {
      code.aload(INTS_AT).loadConstant(clock.from());
      code.invokevirtual(INTS, "get", ElementWriter.GET_INT);
    }
    code.istore(step);
    if (clock.to() != Clock.NOWHERE) {
      Label others = code.newLabel();
      ElementWriter.loadNumber(code, "globalIdx");
      ElementWriter.loadNumber(code, "globalIdy");
      code.iadd().ifne(others);
      code.aload(INTS_AT).loadConstant(clock.to());
      code.iload(step).loadConstant(clock.summand()).iadd();
      code.invokevirtual(INTS, "set", SET_INT);
      code.labelBinding(others);
    }
    return step;
  }

  private static byte[] taskClass() {
    return ClassFile.of()
        .build(
            TASK,
            type ->
                type.withFlags(ACC_PUBLIC | ACC_FINAL)
                    .withInterfaceSymbols(TASK_INTERFACE)
                    .withMethodBody(
                        ConstantDescs.INIT_NAME,
                        ConstantDescs.MTD_void,
                        ACC_PUBLIC,
                        code ->
                            code.aload(0)
                                .invokespecial(
                                    ConstantDescs.CD_Object,
                                    ConstantDescs.INIT_NAME,
                                    ConstantDescs.MTD_void)
                                .return_())
                    .withMethodBody(
                        "apply",
                        APPLY,
                        ACC_PUBLIC,
                        code ->
                            code.aload(1)
                                .checkcast(CONTEXT)
                                .aload(2)
                                .checkcast(FLOATS)
                                .aload(3)
                                .checkcast(INTS)
                                .invokestatic(KERNEL, "compute", COMPUTE)
                                .return_()));
  }

  /** Defines the written classes; others come from the loader of this class. */
  private static final class Loader extends ClassLoader {

    Loader() {
      super(KernelClass.class.getClassLoader());
      Class<?> here = KernelClass.class;
      here.getModule().addExports(here.getPackageName(), getUnnamedModule());
    }

    Class<?> define(ClassDesc name, byte[] bytes) {
      return defineClass(name.packageName() + "." + name.displayName(), bytes, 0, bytes.length);
    }

    /** The written class hides the placeholder. */
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      Class<?> written = findLoadedClass(name);
      return written != null ? written : super.loadClass(name, resolve);
    }
  }
}

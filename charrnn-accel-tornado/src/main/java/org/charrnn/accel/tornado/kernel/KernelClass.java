package org.charrnn.accel.tornado.kernel;

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
import org.charrnn.accel.tornado.layout.LaunchPosition;
import org.charrnn.accel.tornado.layout.StepCounter;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task3;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Writes the class of a kernel, with all its numbers as constants: expressions of cells and
 * optimizers that are unknown at build time, or a call of a Java method.
 *
 * <p>TornadoVM compiles a class that was defined at run time under three conditions. The system
 * class loader finds a class file of the same name with the same method: {@link GeneratedKernel},
 * while the generated class is defined by a class loader of its own. The method has a table of
 * local variables that names its parameters. The task is an object whose {@code apply} calls the
 * kernel directly: a second generated class.
 *
 * <p><b>Thread safety.</b> Any number of threads.
 */
public final class KernelClass {

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
  private static final ClassDesc LAUNCH_COUNTER =
      LaunchCounter.class.describeConstable().orElseThrow();
  private static final MethodTypeDesc COUNT =
      MethodTypeDesc.of(
          ConstantDescs.CD_void,
          INTS,
          ConstantDescs.CD_int,
          ConstantDescs.CD_int,
          ConstantDescs.CD_int);
  private static final MethodTypeDesc APPLY =
      MethodTypeDesc.of(
          ConstantDescs.CD_void,
          ConstantDescs.CD_Object,
          ConstantDescs.CD_Object,
          ConstantDescs.CD_Object);

  /**
   * Tasks of classes that were defined, while there is memory for them. TornadoVM keeps its data of
   * each method until the process ends, so that a new class for each session would be a leak.
   */
  private static final Map<Key, SoftReference<Task3<KernelContext, FloatArray, IntArray>>> TASKS =
      new ConcurrentHashMap<>();

  /** The contents of a class. */
  private record Key(Kernel kernel, StepCounter counter, LaunchPosition position) {}

  private KernelClass() {}

  /** The task of a launch; launches that differ only in their labels and grids share it. */
  public static Task3<KernelContext, FloatArray, IntArray> of(Launch launch) {
    Key key = new Key(launch.kernel(), launch.counter(), launch.position());
    SoftReference<Task3<KernelContext, FloatArray, IntArray>> known = TASKS.get(key);
    Task3<KernelContext, FloatArray, IntArray> task = known == null ? null : known.get();
    if (task == null) {
      task = define(key);
      TASKS.put(key, new SoftReference<>(task));
    }
    return task;
  }

  @SuppressWarnings("unchecked")
  private static Task3<KernelContext, FloatArray, IntArray> define(Key key) {
    Loader loader = new Loader(key.kernel().getClass());
    loader.define(KERNEL, kernelClass(key.kernel(), key.counter(), key.position()));
    Class<?> task = loader.define(TASK, taskClass());
    try {
      return (Task3<KernelContext, FloatArray, IntArray>) task.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the class generated for a kernel cannot be used", e);
    }
  }

  /** The class file of a kernel. */
  public static byte[] kernelClass(Kernel kernel, StepCounter counter, LaunchPosition position) {
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
                          kernel.emit(code, emitCounters(code, counter, position));
                          code.return_();
                          code.labelBinding(end);
                        }));
  }

  /**
   * Loads the time step into a new local variable; the first work item stores the next one, and
   * counts the launch.
   */
  private static int emitCounters(CodeBuilder code, StepCounter counter, LaunchPosition position) {
    int step = code.allocateLocal(TypeKind.INT);
    if (counter.from() == StepCounter.NOWHERE) {
      code.loadConstant(0);
    } else {
      code.aload(INTS_AT).loadConstant(counter.from());
      code.invokevirtual(INTS, "get", ElementEmitter.GET_INT);
    }
    code.istore(step);
    Label others = code.newLabel();
    ElementEmitter.loadIndex(code, "globalIdx");
    ElementEmitter.loadIndex(code, "globalIdy");
    code.iadd().ifne(others);
    if (counter.to() != StepCounter.NOWHERE) {
      code.aload(INTS_AT).loadConstant(counter.to());
      code.iload(step).loadConstant(counter.increment()).iadd();
      code.invokevirtual(INTS, "set", SET_INT);
    }
    if (position.id() > 0) {
      code.aload(INTS_AT).loadConstant(position.isFirst() ? 0 : position.id());
      code.loadConstant(position.isLast() ? 0 : position.id() + 1);
      code.loadConstant(position.id() - 1);
      code.invokestatic(LAUNCH_COUNTER, "count", COUNT);
    }
    code.labelBinding(others);
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

  /** Defines the generated classes; others come from the loader of this class. */
  private static final class Loader extends ClassLoader {

    /** The generated classes call methods of this package and of {@code kernel}'s package. */
    Loader(Class<?> kernel) {
      super(KernelClass.class.getClassLoader());
      Module here = KernelClass.class.getModule();
      here.addExports(KernelClass.class.getPackageName(), getUnnamedModule());
      here.addExports(kernel.getPackageName(), getUnnamedModule());
    }

    Class<?> define(ClassDesc name, byte[] bytes) {
      return defineClass(name.packageName() + "." + name.displayName(), bytes, 0, bytes.length);
    }

    /** The generated class hides the placeholder. */
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      Class<?> generated = findLoadedClass(name);
      return generated != null ? generated : super.loadClass(name, resolve);
    }
  }
}

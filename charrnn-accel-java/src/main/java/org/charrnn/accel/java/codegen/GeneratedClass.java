package org.charrnn.accel.java.codegen;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.Consumer;

/** Defines classes while the program runs; a class is unloaded when nothing refers to it. */
public final class GeneratedClass {

  private GeneratedClass() {}

  /** A public method of a new class. */
  public record Method(String name, MethodTypeDesc signature, Consumer<CodeBuilder> body) {}

  /**
   * Makes an instance of a new class.
   *
   * @param lookup of the package of the new class
   * @param type the interface that the methods implement
   */
  public static <T> T define(MethodHandles.Lookup lookup, Class<T> type, Method... methods) {
    byte[] bytes =
        ClassFile.of()
            .build(
                ClassDesc.of(lookup.lookupClass().getPackageName(), type.getSimpleName() + "Code"),
                builder -> {
                  builder.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC);
                  builder.withInterfaceSymbols(ClassDesc.of(type.getName()));
                  builder.withMethodBody(
                      ConstantDescs.INIT_NAME,
                      ConstantDescs.MTD_void,
                      0,
                      GeneratedClass::constructor);
                  for (Method method : methods) {
                    builder.withMethodBody(
                        method.name(), method.signature(), ClassFile.ACC_PUBLIC, method.body());
                  }
                });
    try {
      MethodHandles.Lookup hidden = lookup.defineHiddenClass(bytes, true);
      Object kernel =
          hidden.findConstructor(hidden.lookupClass(), MethodType.methodType(void.class)).invoke();
      return type.cast(kernel);
    } catch (Throwable e) {
      throw new IllegalStateException("this JVM rejected a generated kernel: " + e, e);
    }
  }

  private static void constructor(CodeBuilder code) {
    code.aload(0)
        .invokespecial(ConstantDescs.CD_Object, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
        .return_();
  }
}

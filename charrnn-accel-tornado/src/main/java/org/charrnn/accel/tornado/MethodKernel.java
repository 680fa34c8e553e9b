package org.charrnn.accel.tornado;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A kernel that is a Java method, public and static, of its class. The parameters of that are the
 * context, the floats, the integers, then where each of {@link #spans} begins at this step, then
 * {@link #numbers}.
 *
 * <p>These classes are public because written kernels call them, and those are in a package of
 * their own, of the same name; see {@link KernelClass}.
 */
interface MethodKernel extends Kernel {

  /** The name of the method. */
  default String method() {
    return "compute";
  }

  /** The matrices that it reads and writes. */
  List<Span> spans();

  /** The other numbers that it needs. */
  List<Integer> numbers();

  @Override
  default void write(CodeBuilder code, int step) {
    code.aload(KernelClass.CONTEXT_AT);
    code.aload(KernelClass.FLOATS_AT);
    code.aload(KernelClass.INTS_AT);
    spans().forEach(span -> ElementWriter.loadStart(code, span, step));
    numbers().forEach(code::loadConstant);
    List<ClassDesc> parameters =
        new ArrayList<>(List.of(KernelClass.CONTEXT, KernelClass.FLOATS, KernelClass.INTS));
    int count = spans().size() + numbers().size();
    parameters.addAll(Collections.nCopies(count, ConstantDescs.CD_int));
    code.invokestatic(
        getClass().describeConstable().orElseThrow(),
        method(),
        MethodTypeDesc.of(ConstantDescs.CD_void, parameters));
  }
}

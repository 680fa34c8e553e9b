package org.charrnn.accel.tornado.kernel;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.charrnn.accel.tornado.layout.DeviceMatrix;

/**
 * A kernel that is a public static Java method of its class. The parameters of the method are the
 * context, the floats, the integers, then the index of the first element of each of {@link
 * #matrices} at this time step, then {@link #numbers}.
 *
 * <p>These classes are public because generated kernels call them, which are in another class
 * loader and thus in another package; see {@link KernelClass}.
 */
public interface MethodKernel extends Kernel {

  /** The name of the method. */
  default String method() {
    return "compute";
  }

  /** The matrices that the method reads and writes. */
  List<DeviceMatrix> matrices();

  /** The other arguments of the method. */
  List<Integer> numbers();

  @Override
  default void emit(CodeBuilder code, int step) {
    code.aload(KernelClass.CONTEXT_AT);
    code.aload(KernelClass.FLOATS_AT);
    code.aload(KernelClass.INTS_AT);
    matrices().forEach(matrix -> ElementEmitter.loadStart(code, matrix, step));
    numbers().forEach(code::loadConstant);
    List<ClassDesc> parameters =
        new ArrayList<>(List.of(KernelClass.CONTEXT, KernelClass.FLOATS, KernelClass.INTS));
    int count = matrices().size() + numbers().size();
    parameters.addAll(Collections.nCopies(count, ConstantDescs.CD_int));
    code.invokestatic(
        getClass().describeConstable().orElseThrow(),
        method(),
        MethodTypeDesc.of(ConstantDescs.CD_void, parameters));
  }
}

package org.charrnn.accel.java.vector.matmul;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.charrnn.accel.java.codegen.GeneratedClass;
import org.charrnn.accel.java.codegen.Lanes;
import org.charrnn.accel.java.codegen.VectorCode;

/**
 * Writes the transposition of square blocks in registers: as many vectors as each has lanes
 * exchange halves, then quarters, and so on to single lanes (Eklundh, "A Fast Computer Method for
 * Matrix Transposing", IEEE Transactions on Computers, 1972).
 *
 * <p><b>Thread safety.</b> Thread-safe.
 */
final class TranspositionEmitter {

  private static final MethodTypeDesc SIGNATURE =
      MethodTypeDesc.of(
          CD_void, VectorCode.FLOATS, CD_int, CD_int, CD_int, VectorCode.FLOATS, CD_int, CD_int);

  private static final MethodTypeDesc SUMS =
      MethodTypeDesc.of(CD_void, VectorCode.FLOATS, CD_int, VectorCode.FLOATS, CD_int);

  private static final AtomicReferenceArray<Transposition> WRITTEN =
      new AtomicReferenceArray<>(Lanes.MOST_EXCHANGED + 1);

  private TranspositionEmitter() {}

  /** The kernel for a number of lines. */
  static Transposition lines(int lines) {
    Transposition known = WRITTEN.get(lines);
    if (known == null) {
      known =
          GeneratedClass.define(
              MethodHandles.lookup(),
              Transposition.class,
              new GeneratedClass.Method("run", SIGNATURE, code -> write(code, lines)));
      WRITTEN.set(lines, known);
    }
    return known;
  }

  /** The kernel that adds lanes. */
  static LaneSums sums() {
    return Sums.KERNEL;
  }

  private static final class Sums {
    static final LaneSums KERNEL =
        GeneratedClass.define(
            MethodHandles.lookup(),
            LaneSums.class,
            new GeneratedClass.Method("run", SUMS, TranspositionEmitter::writeSums));
  }

  /** After each exchange, lanes that belong together are in two vectors, which are added. */
  private static void writeSums(CodeBuilder code) {
    int[] rows = new int[Lanes.COUNT];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = code.allocateLocal(TypeKind.REFERENCE);
      VectorCode.species(code).aload(1).iload(2).loadConstant(i * Lanes.COUNT).iadd();
      VectorCode.load(code).astore(rows[i]);
    }
    for (int distance = Lanes.COUNT / 2; distance > 0; distance /= 2) {
      exchange(code, rows, distance);
      for (int i = 0; i < distance; i++) {
        VectorCode.binary(code.aload(rows[i]).aload(rows[i + distance]), "add").astore(rows[i]);
      }
      rows = Arrays.copyOf(rows, distance);
    }
    VectorCode.store(code.aload(rows[0]).aload(3).iload(4));
    code.return_();
  }

  private static void write(CodeBuilder code, int lines) {
    int k = 4;
    VectorCode.loop(
        code,
        k,
        Lanes.COUNT,
        p -> {
          int[] rows = load(code, lines, p);
          for (int distance = Lanes.COUNT / 2; distance > 0; distance /= 2) {
            exchange(code, rows, distance);
          }
          for (int i = 0; i < rows.length; i++) {
            code.aload(rows[i]).aload(5).iload(6);
            code.iload(p).loadConstant(i).iadd().iload(7).imul().iadd();
            VectorCode.store(code);
          }
        });
    code.return_();
  }

  /** Loads a vector of each line; the last one replaces those that are missing. */
  private static int[] load(CodeBuilder code, int lines, int p) {
    int[] rows = new int[Lanes.COUNT];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = code.allocateLocal(TypeKind.REFERENCE);
      if (i < lines) {
        VectorCode.species(code).aload(1).iload(2);
        code.iload(3).loadConstant(i).imul().iadd().iload(p).iadd();
        VectorCode.load(code).astore(rows[i]);
      } else {
        code.aload(rows[lines - 1]).astore(rows[i]);
      }
    }
    return rows;
  }

  /** Exchanges lanes that are {@code distance} apart between vectors that are as far apart. */
  private static void exchange(CodeBuilder code, int[] rows, int distance) {
    int exchanged = code.allocateLocal(TypeKind.REFERENCE);
    for (int i = 0; i < rows.length; i++) {
      if ((i & distance) == 0) {
        int low = rows[i];
        int high = rows[i + distance];
        VectorCode.rearrange(code.aload(low), distance).astore(exchanged);
        code.aload(low);
        VectorCode.rearrange(code.aload(high), distance);
        VectorCode.blend(VectorCode.upperLanes(code, distance)).astore(low);
        code.aload(exchanged).aload(high);
        VectorCode.blend(VectorCode.upperLanes(code, distance)).astore(high);
      }
    }
  }
}

package org.charrnn.accel.java.vector.matmul;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import org.charrnn.accel.java.codegen.GeneratedClass;
import org.charrnn.accel.java.codegen.Lanes;
import org.charrnn.accel.java.codegen.VectorCode;

/**
 * Writes the innermost loops of matrix products, for any number of rows and vectors that fits the
 * registers.
 *
 * <p>A block of 14 rows by 2 vectors has 28 running sums in registers, 2 vectors of the right
 * operand and one element of the left: 28 multiply-adds for 16 loads, which keeps both multipliers
 * of a core busy. The elements of the left operand must be consecutive: read from fourteen rows,
 * they cost a fifth of the speed.
 *
 * <p><b>Thread safety.</b> Thread-safe.
 */
final class TileEmitter {

  private static final MethodTypeDesc TILE =
      MethodTypeDesc.of(
          CD_void,
          CD_int,
          VectorCode.FLOATS,
          CD_int,
          VectorCode.FLOATS,
          CD_int,
          VectorCode.FLOATS,
          CD_int,
          CD_int,
          VectorCode.FLOATS,
          CD_int,
          CD_int);
  private static final MethodTypeDesc DOT_TILE =
      MethodTypeDesc.of(
          CD_void,
          CD_int,
          VectorCode.FLOATS,
          CD_int,
          CD_int,
          VectorCode.FLOATS,
          CD_int,
          CD_int,
          VectorCode.FLOATS,
          CD_int,
          VectorCode.FLOATS,
          CD_int,
          VectorCode.FLOATS);

  private record Size(int rows, int columns) {}

  private final Map<TileShape, RegisterTile> tiles = new ConcurrentHashMap<>();
  private final Map<Size, DotTile> dotTiles = new ConcurrentHashMap<>();

  /** The kernel for blocks of a shape. */
  RegisterTile tile(TileShape shape) {
    return tiles.computeIfAbsent(
        shape,
        size ->
            GeneratedClass.define(
                MethodHandles.lookup(),
                RegisterTile.class,
                new GeneratedClass.Method("run", TILE, code -> writeTile(code, size))));
  }

  /**
   * The kernel for blocks of {@code rows} rows of the left operand and {@code columns} rows of the
   * right one.
   */
  DotTile dotTile(int rows, int columns) {
    return dotTiles.computeIfAbsent(
        new Size(rows, columns),
        size ->
            GeneratedClass.define(
                MethodHandles.lookup(),
                DotTile.class,
                new GeneratedClass.Method("run", DOT_TILE, code -> writeDotTile(code, size))));
  }

  private static void writeTile(CodeBuilder code, TileShape shape) {
    int k = 1;
    int vectors = shape.vectors();
    int[] sums = locals(code, shape.rows() * vectors);
    for (int i = 0; i < sums.length; i++) {
      VectorCode.species(code).aload(6);
      index(code, 7, 8, i / vectors, i % vectors * Lanes.COUNT);
      VectorCode.load(code).astore(sums[i]);
    }
    VectorCode.loop(code, k, 1, p -> writeTerms(code, shape, sums, p));
    for (int i = 0; i < sums.length; i++) {
      code.aload(sums[i]).aload(9);
      index(code, 10, 11, i / vectors, i % vectors * Lanes.COUNT);
      VectorCode.store(code);
    }
    code.return_();
  }

  /** Adds the products of column {@code p} of the left operand and row {@code p} of the right. */
  private static void writeTerms(CodeBuilder code, TileShape shape, int[] sums, int p) {
    int vectors = shape.vectors();
    int[] right = locals(code, vectors);
    for (int j = 0; j < vectors; j++) {
      VectorCode.species(code).aload(4).iload(5);
      offset(code, p, shape.rightStride(), j * Lanes.COUNT);
      VectorCode.load(code).astore(right[j]);
    }
    int left = code.allocateLocal(TypeKind.REFERENCE);
    for (int i = 0; i < shape.rows(); i++) {
      VectorCode.species(code).aload(2).iload(3);
      offset(code, p, shape.rows(), i).faload();
      VectorCode.broadcast(code).astore(left);
      for (int j = 0; j < vectors; j++) {
        int sum = sums[i * vectors + j];
        VectorCode.fma(code.aload(left).aload(right[j]).aload(sum)).astore(sum);
      }
    }
  }

  /** {@code index -> index + p * stride + constant}. */
  private static CodeBuilder offset(CodeBuilder code, int p, int stride, int constant) {
    return code.iload(p).loadConstant(stride).imul().iadd().loadConstant(constant).iadd();
  }

  private static void writeDotTile(CodeBuilder code, Size size) {
    int k = 1;
    int[] sums = locals(code, size.rows() * size.columns());
    for (int sum : sums) {
      VectorCode.broadcast(VectorCode.species(code).fconst_0()).astore(sum);
    }
    VectorCode.loop(
        code,
        k,
        Lanes.COUNT,
        p ->
            writeDots(
                code,
                size,
                sums,
                row -> loadRow(code, 2, 3, 4, row, p),
                row -> loadRow(code, 5, 6, 7, row, p)));
    writeDots(
        code, size, sums, row -> loadRest(code, 8, 9, row), row -> loadRest(code, 10, 11, row));
    for (int i = 0; i < sums.length; i++) {
      VectorCode.store(code.aload(sums[i]).aload(12).loadConstant(i * Lanes.COUNT));
    }
    code.return_();
  }

  private static void writeDots(
      CodeBuilder code, Size size, int[] sums, IntConsumer loadLeft, IntConsumer loadRight) {
    int[] right = locals(code, size.columns());
    for (int j = 0; j < right.length; j++) {
      loadRight.accept(j);
      code.astore(right[j]);
    }
    int left = code.allocateLocal(TypeKind.REFERENCE);
    for (int i = 0; i < size.rows(); i++) {
      loadLeft.accept(i);
      code.astore(left);
      for (int j = 0; j < right.length; j++) {
        int sum = sums[i * right.length + j];
        VectorCode.fma(code.aload(left).aload(right[j]).aload(sum)).astore(sum);
      }
    }
  }

  /** Pushes the vector at {@code offset + row * stride + p}. */
  private static void loadRow(CodeBuilder code, int array, int offset, int stride, int row, int p) {
    VectorCode.species(code).aload(array);
    index(code, offset, stride, row, 0).iload(p).iadd();
    VectorCode.load(code);
  }

  /** Pushes the vector of a row of consecutive rows that are a vector long. */
  private static void loadRest(CodeBuilder code, int array, int offset, int row) {
    VectorCode.species(code).aload(array).iload(offset).loadConstant(row * Lanes.COUNT).iadd();
    VectorCode.load(code);
  }

  /** Pushes {@code offset + row * stride + column}. */
  private static CodeBuilder index(CodeBuilder code, int offset, int stride, int row, int column) {
    return code.iload(offset)
        .iload(stride)
        .loadConstant(row)
        .imul()
        .iadd()
        .loadConstant(column)
        .iadd();
  }

  private static int[] locals(CodeBuilder code, int count) {
    int[] locals = new int[count];
    for (int i = 0; i < count; i++) {
      locals[i] = code.allocateLocal(TypeKind.REFERENCE);
    }
    return locals;
  }
}

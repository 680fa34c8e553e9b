package org.charrnn.accel.java.vector;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.MethodTypeDesc;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.charrnn.accel.java.jvm.GeneratedClass;

/**
 * Writes the innermost loops of matrix products, for any number of rows and vectors that fits the
 * registers.
 *
 * <p>A block of 14 rows by 2 vectors has 28 running sums in registers, 2 vectors of the right
 * operand and one number of the left: 28 multiply-adds for 16 loads, which keeps both multipliers
 * of a core busy. The numbers of the left operand must lie side by side: read from fourteen rows
 * they cost a fifth of the speed.
 *
 * <p><b>Thread safety.</b> Thread-safe.
 */
final class TileWriter {

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
          VectorCode.FLOATS);

  private record Size(int rows, int columns) {}

  private final Map<TileShape, Tile> tiles = new ConcurrentHashMap<>();
  private final Map<Size, DotTile> dotTiles = new ConcurrentHashMap<>();

  /** The kernel for blocks of a shape. */
  Tile tile(TileShape shape) {
    return tiles.computeIfAbsent(
        shape,
        size ->
            VectorCode.define(
                Tile.class, new GeneratedClass.Method("run", TILE, code -> writeTile(code, size))));
  }

  /**
   * The kernel for blocks of {@code rows} rows of the left operand and {@code columns} rows of the
   * right one.
   */
  DotTile dotTile(int rows, int columns) {
    return dotTiles.computeIfAbsent(
        new Size(rows, columns),
        size ->
            VectorCode.define(
                DotTile.class,
                new GeneratedClass.Method(
                    "run", DOT_TILE, code -> writeDotTile(code, size.rows(), size.columns()))));
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
    loop(code, k, 1, p -> writeTerms(code, shape, sums, p));
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

  private static void writeDotTile(CodeBuilder code, int rows, int columns) {
    int k = 1;
    int[] sums = locals(code, rows * columns);
    for (int sum : sums) {
      VectorCode.broadcast(VectorCode.species(code).fconst_0()).astore(sum);
    }
    loop(code, k, Lanes.COUNT, p -> writeDots(code, rows, columns, sums, p));
    for (int i = 0; i < sums.length; i++) {
      VectorCode.store(code.aload(sums[i]).aload(8).loadConstant(i * Lanes.COUNT));
    }
    code.return_();
  }

  private static void writeDots(CodeBuilder code, int rows, int columns, int[] sums, int p) {
    int[] right = locals(code, columns);
    for (int j = 0; j < columns; j++) {
      loadRow(code, 5, 6, 7, j, p).astore(right[j]);
    }
    int left = code.allocateLocal(TypeKind.REFERENCE);
    for (int i = 0; i < rows; i++) {
      loadRow(code, 2, 3, 4, i, p).astore(left);
      for (int j = 0; j < columns; j++) {
        int sum = sums[i * columns + j];
        VectorCode.fma(code.aload(left).aload(right[j]).aload(sum)).astore(sum);
      }
    }
  }

  /** Pushes the vector at {@code offset + row * stride + p}. */
  private static CodeBuilder loadRow(
      CodeBuilder code, int array, int offset, int stride, int row, int p) {
    VectorCode.species(code).aload(array);
    index(code, offset, stride, row, 0);
    return VectorCode.load(code.iload(p).iadd());
  }

  /** Pushes {@code offset + row * stride + column}. */
  private static void index(CodeBuilder code, int offset, int stride, int row, int column) {
    code.iload(offset).iload(stride).loadConstant(row).imul().iadd().loadConstant(column).iadd();
  }

  /** What stands in a loop, given the local that counts. */
  interface Body {
    void write(int counter);
  }

  /** {@code for (int p = 0; p < limit; p += step)}. */
  static void loop(CodeBuilder code, int limit, int step, Body body) {
    int p = code.allocateLocal(TypeKind.INT);
    Label test = code.newLabel();
    Label end = code.newLabel();
    code.iconst_0().istore(p);
    code.labelBinding(test).iload(p).iload(limit).if_icmpge(end);
    body.write(p);
    code.iinc(p, step).goto_(test).labelBinding(end);
  }

  private static int[] locals(CodeBuilder code, int count) {
    int[] locals = new int[count];
    for (int i = 0; i < count; i++) {
      locals[i] = code.allocateLocal(TypeKind.REFERENCE);
    }
    return locals;
  }
}

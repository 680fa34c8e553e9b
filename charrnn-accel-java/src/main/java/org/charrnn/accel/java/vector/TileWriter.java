package org.charrnn.accel.java.vector;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.MethodTypeDesc;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes the innermost loops of matrix products, for any number of rows and vectors that fits the
 * registers.
 *
 * <p>A block of 14 rows by 2 vectors has 28 running sums in registers, 2 vectors of the right
 * operand and one number of the left: 28 multiply-adds for 16 loads, which keeps both multipliers
 * of a core busy.
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

  private final Map<Size, Tile> tiles = new ConcurrentHashMap<>();
  private final Map<Size, DotTile> dotTiles = new ConcurrentHashMap<>();

  /** The kernel for blocks of {@code rows} rows and {@code vectors} vectors. */
  Tile tile(int rows, int vectors) {
    return tiles.computeIfAbsent(
        new Size(rows, vectors),
        size ->
            VectorCode.define(
                Tile.class,
                new VectorCode.Method(
                    "run", TILE, code -> writeTile(code, size.rows(), size.columns()))));
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
                new VectorCode.Method(
                    "run", DOT_TILE, code -> writeDotTile(code, size.rows(), size.columns()))));
  }

  private static void writeTile(CodeBuilder code, int rows, int vectors) {
    int k = 1;
    int a = 2;
    int aOffset = 3;
    int b = 4;
    int bOffset = 5;
    int[] sums = locals(code, rows * vectors);
    for (int i = 0; i < rows * vectors; i++) {
      VectorCode.species(code).aload(6);
      index(code, 7, 8, i / vectors, i % vectors * Lanes.COUNT);
      VectorCode.load(code).astore(sums[i]);
    }
    int[] right = locals(code, vectors);
    loop(
        code,
        k,
        1,
        p -> {
          for (int j = 0; j < vectors; j++) {
            VectorCode.species(code).aload(b).iload(bOffset);
            code.iload(p)
                .loadConstant(vectors * Lanes.COUNT)
                .imul()
                .iadd()
                .loadConstant(j * Lanes.COUNT)
                .iadd();
            VectorCode.load(code).astore(right[j]);
          }
          int left = code.allocateLocal(TypeKind.REFERENCE);
          for (int i = 0; i < rows; i++) {
            VectorCode.species(code).aload(a).iload(aOffset);
            code.iload(p).loadConstant(rows).imul().iadd().loadConstant(i).iadd().faload();
            VectorCode.broadcast(code).astore(left);
            for (int j = 0; j < vectors; j++) {
              int sum = sums[i * vectors + j];
              VectorCode.fma(code.aload(left).aload(right[j]).aload(sum)).astore(sum);
            }
          }
        });
    for (int i = 0; i < rows * vectors; i++) {
      code.aload(sums[i]).aload(9);
      index(code, 10, 11, i / vectors, i % vectors * Lanes.COUNT);
      VectorCode.store(code);
    }
    code.return_();
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

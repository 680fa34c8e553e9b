package org.charrnn.graph.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.NoSuchElementException;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Role;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;
import org.charrnn.graph.compile.Compiler;
import org.charrnn.graph.gradient.Gradients;
import org.junit.jupiter.api.Test;

class ProgramTest {

  /** A plain recurrent network over 4 steps of 2 rows, one step of gradient descent. */
  private static Program training() {
    Graph graph = new Graph();
    Tensor w = graph.parameter("w", Shape.of(9, 3));
    Tensor u = graph.parameter("u", Shape.of(3, 3));
    Tensor ids = graph.input("ids", Type.I32, Shape.of(4, 2));
    Tensor h = graph.leaf(Role.CARRIED_STATE, Type.F32, "h", Shape.of(2, 3));
    Graph.Scanned scanned =
        graph.scan(
            List.of(ids),
            List.of(h),
            (slices, carried) -> {
              Tensor next = slices.getFirst().matmul(w).plus(carried.getFirst().matmul(u)).tanh();
              return new Graph.StepResult(List.of(next), List.of(next));
            });
    Tensor loss = scanned.outputs().getFirst().square().mean();
    List<Tensor> gradients = Gradients.of(loss, List.of(w, u));
    graph.output("loss", loss);
    graph.update(w, w.minus(gradients.get(0).times(0.5)));
    graph.update(u, u.minus(gradients.get(1).times(0.5)));
    graph.update(h, scanned.last().getFirst());
    return Compiler.compile(graph, "train");
  }

  @Test
  void toString_smallTraining() {
    assertEquals(
        """
        program train
          F32 w[9, 3] PARAMETER
          F32 u[3, 3] PARAMETER
          I32 ids[4, 2] INPUT
          F32 h[2, 3] CARRIED_STATE
          F32 loss[] OUTPUT
          I32 t5[1, 8] TEMPORARY
          I32 t6[4, 2] TEMPORARY
          F32 t7[8, 3] TEMPORARY
          F32 t8[10, 3] TEMPORARY
          F32 t9[2, 3] TEMPORARY
          F32 t10[1, 1] TEMPORARY
          F32 t11[10, 3] TEMPORARY
          F32 t12[8, 3] TEMPORARY
          t5[1, 8] t6[4, 2] <- UniqueRows[tableRows=9] ids[4, 2]
          t7[8, 3] <- Gather[] w[9, 3] ids[4, 2]
          t8[10, 3]@0x2 <- Elementwise[expression=v1 = v0 -> v1] h[2, 3]
          for t = 0 .. 3
            t9[2, 3] <- MatMul[transposeA=false, transposeB=false] t8[10, 3]@0+2tx2 u[3, 3] t7[8, 3]@0+2tx2
            t8[10, 3]@2+2tx2 <- Elementwise[expression=v1 = tanh(v0) -> v1] t9[2, 3]
          t7[8, 3] <- Elementwise[expression=v1 = v0 * v0 -> v1] t8[10, 3]@2x8
          t10[1, 1] <- Sum[] t7[8, 3]
          loss[] <- Elementwise[expression=v1 = 0.041666666666666664; v2 = v0 * v1 -> v2] t10[1, 1]
          t7[8, 3] <- Elementwise[expression=v1 = 0.041666666666666664; v2 = v1 * v0; v3 = v2 + v2 -> v3] t8[10, 3]@2x8
          t9[2, 3] <- Elementwise[expression=v0 = 0.0 -> v0]
          t11[10, 3]@8x2 <- Elementwise[expression=v1 = v0 -> v1] t9[2, 3]
          for t = 3 .. 0
            t12[8, 3]@0+2tx2 <- Elementwise[expression=v3 = v0 + v1; v4 = v2 * v2; v5 = 1.0; v6 = v5 - v4; v7 = v3 * v6 -> v7] t11[10, 3]@2+2tx2 t7[8, 3]@0+2tx2 t8[10, 3]@2+2tx2
            t11[10, 3]@0+2tx2 <- MatMul[transposeA=false, transposeB=true] t12[8, 3]@0+2tx2 u[3, 3]
          t7[8, 3]@0x3 <- MatMul[transposeA=true, transposeB=false] t8[10, 3]@0x8 t12[8, 3]
          t11[10, 3]@0x8 <- ScatterAdd[rows=8] t12[8, 3] t6[4, 2]
          u[3, 3] <- Elementwise[expression=v2 = 0.5; v3 = v0 * v2; v4 = v1 - v3 -> v4] t7[8, 3]@0x3 u[3, 3]
          w[9, 3] <- UpdateRows[expression=v2 = 0.5; v3 = v0 * v2; v4 = v1 - v3 -> v4, tables=[1]] t5[1, 8] t11[10, 3]@0x8 w[9, 3]
          h[2, 3] <- Elementwise[expression=v1 = v0 -> v1] t8[10, 3]@8x2
        """,
        training().toString());
  }

  @Test
  void buffer_byName() {
    Program program = training();
    assertEquals(Shape.of(9, 3), program.buffer("w").shape());
    assertTrue(program.find("t6").isEmpty(), "temporaries are nobody's business");
    var error = assertThrows(NoSuchElementException.class, () -> program.buffer("v"));
    assertEquals(
        "program 'train' has no buffer 'v', it has [w[9, 3], u[3, 3], ids[4, 2], h[2, 3], loss[]]",
        error.getMessage());
  }

  @Test
  void buffers_byRole() {
    Program program = training();
    assertEquals(
        List.of("w", "u"), program.buffers(Role.PARAMETER).stream().map(Buffer::name).toList());
    assertEquals(
        List.of("h"), program.buffers(Role.CARRIED_STATE).stream().map(Buffer::name).toList());
    assertEquals(
        program.temporaryBytes(),
        program.buffers(Role.TEMPORARY).stream()
            .mapToLong(buffer -> 4L * buffer.shape().elements())
            .sum());
    assertTrue(program.temporaryBytes() > 0);
  }

  @Test
  void slot_text() {
    Buffer buffer = new Buffer(0, "states", Role.TEMPORARY, Type.F32, Shape.of(10, 3));
    assertEquals("states[10, 3]", new Slot(buffer, 0, 10, 0).toString());
    assertEquals("states[10, 3]@2x8", new Slot(buffer, 2, 8, 0).toString());
    assertEquals("states[10, 3]@2+2tx2", new Slot(buffer, 2, 2, 2).toString());
    assertEquals(6, new Slot(buffer, 2, 2, 2).elements());
    assertEquals(8, new Slot(buffer, 2, 2, 2).firstRow(3));
  }
}

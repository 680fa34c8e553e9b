package org.charrnn.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeTest {

  /** Reads {@code 2x3}; an empty text is a scalar. */
  private static Shape shape(String text) {
    return text.isEmpty()
        ? Shape.SCALAR
        : Shape.of(Arrays.stream(text.split("x")).mapToInt(Integer::parseInt).toArray());
  }

  @ParameterizedTest
  @CsvSource({"'',1,1", "7,1,7", "2x3,2,3", "4x2x3,8,3", "5x1,5,1", "1x1x1,1,1"})
  void rowsAndColumns_lastAxisIsColumns(String text, int rows, int columns) {
    assertEquals(rows, shape(text).rows());
    assertEquals(columns, shape(text).columns());
    assertEquals(rows * columns, shape(text).elements());
  }

  @ParameterizedTest
  @CsvSource({
    "'','',true",
    "'',3,true",
    "'',4x2x3,true",
    "1,'',true",
    "1,4x3,true",
    "3,4x3,true",
    "3,4x2x3,true",
    "1x3,4x3,true",
    "1x1x3,4x3,true",
    "1x3,3,true",
    "2x3,4x2x3,true",
    "1x2x3,4x2x3,true",
    "2x1,2x3,true",
    "2x1,4x2x3,true",
    "4x2x1,4x2x3,true",
    "2x3,2x3,true",
    "3,'',false",
    "3,4x2,false",
    "3,3x1,false",
    "4x3,4x2x3,false",
    "4x1,4x2x3,false",
    "4x1x3,4x2x3,false",
    "2x3,3,false",
    "4x2x3,2x3,false",
    "2x3,2x1,false"
  })
  void broadcastsTo_table(String from, String to, boolean expected) {
    assertEquals(expected, shape(from).broadcastsTo(shape(to)));
  }

  @Test
  void of_sizeBelowOne_namesAllSizes() {
    var error = assertThrows(IllegalArgumentException.class, () -> Shape.of(3, 0, 2));
    assertEquals("each size of a shape must be at least 1: [3, 0, 2]", error.getMessage());
  }

  @Test
  void of_tooManyElements_namesShape() {
    var error = assertThrows(IllegalArgumentException.class, () -> Shape.of(65536, 65536, 65536));
    assertTrue(error.getMessage().contains("[65536, 65536, 65536]"), error.getMessage());
    assertEquals(Integer.MAX_VALUE, Shape.of(Integer.MAX_VALUE).elements());
  }

  @Test
  void of_arrayChangedAfterwards_isNotSeen() {
    int[] sizes = {2, 3};
    Shape shape = Shape.of(sizes);
    sizes[0] = 9;
    assertEquals(2, shape.size(0));
  }

  @Test
  void size_negativeAxis_countsFromTheEnd() {
    assertEquals(3, Shape.of(4, 2, 3).size(-1));
    assertEquals(4, Shape.of(4, 2, 3).size(-3));
    assertEquals(3, Shape.of(4, 2, 3).rank());
  }

  @Test
  void changes_axes() {
    assertEquals(Shape.of(4, 2, 5), Shape.of(4, 2, 3).withColumns(5));
    assertEquals(Shape.of(5), Shape.SCALAR.withColumns(5));
    assertEquals(Shape.of(4, 2, 3), Shape.of(2, 3).stacked(4));
    assertEquals(Shape.of(2, 3, 5), Shape.of(2, 3).append(5));
    assertEquals(Shape.of(5), Shape.SCALAR.append(5));
    assertEquals(Shape.of(2, 3), Shape.of(4, 2, 3).slice());
    assertSame(Shape.SCALAR, Shape.of(4).slice());
  }

  @Test
  void stacked_scalar_hasARowForEachStep() {
    assertEquals(Shape.of(4, 1), Shape.SCALAR.stacked(4));
  }

  @Test
  void slice_scalar_isRefused() {
    assertThrows(IllegalArgumentException.class, Shape.SCALAR::slice);
  }

  @Test
  void equals_sameSizes() {
    assertEquals(Shape.of(2, 3).hashCode(), Shape.of(2, 3).hashCode());
    assertNotEquals(Shape.of(2, 3), Shape.of(3, 2));
    assertNotEquals(Shape.of(1), Shape.SCALAR);
    assertEquals("[2, 3]", Shape.of(2, 3).toString());
    assertEquals("[]", Shape.SCALAR.toString());
  }
}

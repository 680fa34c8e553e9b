/**
 * Contract tests that the authors of plugins extend, and the float64 reference that accelerators
 * are measured against.
 *
 * <p>This package stands beside the data flow: nothing that trains or generates depends on it,
 * every plugin's tests do. Of the four kinds of plugins each has its contract: {@link
 * org.charrnn.testkit.TokenizerContract}, {@link org.charrnn.testkit.CellContract}, {@link
 * org.charrnn.testkit.OptimizerContract} and {@link org.charrnn.testkit.AcceleratorContract}. To
 * use one, extend it in the tests of the plugin:
 *
 * <pre>{@code
 * class MyCellTest extends CellContract {
 *   protected Cell cell() {
 *     return new MyCell();
 *   }
 * }
 * }</pre>
 *
 * <p>{@link org.charrnn.testkit.ReferenceInterpreter} runs any program in double precision, {@link
 * org.charrnn.testkit.ReferenceAccelerator} is the same behind the interface of an accelerator, and
 * {@link org.charrnn.testkit.GradientCheck} compares derived gradients with finite differences.
 */
@NullMarked
package org.charrnn.testkit;

import org.jspecify.annotations.NullMarked;

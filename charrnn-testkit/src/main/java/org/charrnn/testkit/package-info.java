/**
 * Contract tests for plugins: each of the four kinds of plugin has one, and its author extends it.
 *
 * <p>Input: a {@link org.charrnn.api.Tokenizer}, {@link org.charrnn.api.Cell}, {@link
 * org.charrnn.api.Optimizer} or {@link org.charrnn.api.Accelerator}. Output: JUnit tests of
 * everything that charrnn relies on. The contracts are {@link
 * org.charrnn.testkit.TokenizerContract}, {@link org.charrnn.testkit.CellContract}, {@link
 * org.charrnn.testkit.OptimizerContract} and {@link org.charrnn.testkit.AcceleratorContract}:
 *
 * <pre>{@code
 * class MyCellTest extends CellContract {
 *   protected Cell cell() {
 *     return new MyCell();
 *   }
 * }
 * }</pre>
 *
 * <p>For further tests of a plugin, {@link org.charrnn.testkit.reference.ReferenceInterpreter} runs
 * any program in double precision and {@link org.charrnn.testkit.gradient.GradientCheck} compares
 * derived gradients with finite differences.
 */
@NullMarked
package org.charrnn.testkit;

import org.jspecify.annotations.NullMarked;

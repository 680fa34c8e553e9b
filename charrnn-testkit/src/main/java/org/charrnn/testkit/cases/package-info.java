/**
 * The programs that the contracts run on an accelerator and on the reference.
 *
 * <p>Input: an {@link org.charrnn.api.Accelerator}, {@link org.charrnn.api.Cell} or {@link
 * org.charrnn.api.Optimizer} under test. Output: an assertion that fails where its results differ
 * from the reference. A {@link org.charrnn.testkit.cases.KernelCase} runs a few kernels, a {@link
 * org.charrnn.testkit.cases.TrainingCase} trains a whole network.
 *
 * <p>Not exported: plugin authors extend the contracts of {@link org.charrnn.testkit}. To cover a
 * new op, add its kernel cases here and a test factory to {@link
 * org.charrnn.testkit.AcceleratorContract}.
 */
@NullMarked
package org.charrnn.testkit.cases;

import org.jspecify.annotations.NullMarked;

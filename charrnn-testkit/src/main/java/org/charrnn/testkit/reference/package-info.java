/**
 * The float64 reference: runs any {@link org.charrnn.graph.program.Program} in double precision.
 *
 * <p>Input: a program and the contents of its external buffers. Output: the same buffers after a
 * run. {@link org.charrnn.testkit.reference.ReferenceInterpreter} gives direct access to them,
 * {@link org.charrnn.testkit.reference.ReferenceAccelerator} is the same behind the interface of an
 * accelerator.
 */
@NullMarked
package org.charrnn.testkit.reference;

import org.jspecify.annotations.NullMarked;

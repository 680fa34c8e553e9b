/**
 * The SPIs that plugins implement.
 *
 * <p>A {@link org.charrnn.api.Tokenizer} turns text into symbols, a {@link org.charrnn.api.Cell}
 * and an {@link org.charrnn.api.Optimizer} write the program of a model, an {@link
 * org.charrnn.api.Accelerator} runs it. {@link java.util.ServiceLoader} finds each on the class
 * path or module path, see {@link org.charrnn.api.discovery}.
 *
 * <p>To write a plugin: implement one of the interfaces in a class with a public constructor
 * without arguments, and name it in {@code META-INF/services} and, in a named module, in {@code
 * module-info}. Its test extends a contract of charrnn-testkit.
 *
 * <p>Upstream: {@link org.charrnn.graph}, with whose tensors cells and optimizers are written.
 * Downstream: the plugins, and {@link org.charrnn.api.discovery}, which finds them.
 */
@NullMarked
package org.charrnn.api;

import org.jspecify.annotations.NullMarked;

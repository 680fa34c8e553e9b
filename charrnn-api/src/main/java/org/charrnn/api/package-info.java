/**
 * The SPIs: what a plugin implements, and how plugins are found.
 *
 * <p>A {@link org.charrnn.api.Tokenizer} turns text into symbols, a {@link org.charrnn.api.Cell}
 * and an {@link org.charrnn.api.Optimizer} write the program of a model, an {@link
 * org.charrnn.api.Accelerator} runs it. Each is found on the class path or module path by {@link
 * java.util.ServiceLoader}, see {@link org.charrnn.api.Plugins}.
 *
 * <p>To write a plugin: implement one of the interfaces in a class with a public constructor
 * without arguments, and name it in {@code META-INF/services} and, if there is one, in {@code
 * module-info}. Let its test extend the contract of charrnn-testkit.
 *
 * <p>Before this room stands {@link org.charrnn.graph}, in whose terms cells and optimizers are
 * written; after it stand the plugins and charrnn-text, which uses them by name.
 */
@NullMarked
package org.charrnn.api;

import org.jspecify.annotations.NullMarked;

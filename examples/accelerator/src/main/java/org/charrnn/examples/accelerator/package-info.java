/**
 * A program that runs on the accelerator of the class path. Input: a text file. Output: a loss and
 * a speed. Replacing one jar on the class path selects another accelerator: see {@link
 * org.charrnn.examples.accelerator.SameProgram}.
 */
@NullMarked
package org.charrnn.examples.accelerator;

import org.jspecify.annotations.NullMarked;

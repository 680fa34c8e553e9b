/**
 * Options in groups, as picocli mixins.
 *
 * <p>Input: the words of a command. Output: changes of a configuration of {@code org.charrnn.text}.
 * An option that is not given is null and changes nothing, so that the value of a profile, a file
 * or a checkpoint remains. Values are checked where they are used; {@link
 * org.charrnn.cli.options.OptionNames} gives the messages the names of the options.
 *
 * <p>To add an option: add an annotated field to its group, named as the component of the
 * configuration, and pass it on in {@code applyTo}.
 */
@NullMarked
package org.charrnn.cli.options;

import org.jspecify.annotations.NullMarked;

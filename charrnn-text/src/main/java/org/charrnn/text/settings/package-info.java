/**
 * Configurations component by component: listed, compared, and read from and written to JSON.
 *
 * <p>Input: a {@link org.charrnn.text.config.TrainingConfig} or a JSON file. Output: its
 * {@linkplain org.charrnn.text.settings.Setting settings}, or the configuration that the file
 * describes. The records of the configuration are read by reflection, so that a new component needs
 * no code here.
 */
@NullMarked
package org.charrnn.text.settings;

import org.jspecify.annotations.NullMarked;

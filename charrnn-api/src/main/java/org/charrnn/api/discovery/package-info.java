/**
 * The discovery of plugins, and the checks of their contracts at each call.
 *
 * <p>Input: the providers that {@link java.util.ServiceLoader} finds. Output: a plugin by its name
 * from {@link org.charrnn.api.discovery.Plugins}, or the accelerator to use from {@link
 * org.charrnn.api.discovery.Accelerators}; a fault of a plugin is a {@link
 * org.charrnn.api.discovery.PluginException}, which names it and its jar.
 *
 * <p>Upstream: {@link org.charrnn.api}, whose interfaces plugins implement. Downstream:
 * charrnn-text, which uses plugins by name.
 */
@NullMarked
package org.charrnn.api.discovery;

import org.jspecify.annotations.NullMarked;

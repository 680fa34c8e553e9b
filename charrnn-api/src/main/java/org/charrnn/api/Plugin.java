package org.charrnn.api;

/**
 * The common interface of all plugins.
 *
 * <p>A plugin that was found by its name, see {@link org.charrnn.api.discovery}, checks its
 * contract at each call: an exception that the method does not document, or a result that it does
 * not allow, becomes a {@link org.charrnn.api.discovery.PluginException}, which names the plugin
 * and its jar.
 *
 * <p><b>Thread safety.</b> A plugin is stateless: one instance serves every model and every thread
 * at once.
 */
public interface Plugin {

  /**
   * {@return the name by which users request this plugin: words of lower-case letters and digits,
   * joined by hyphens} It is stored in checkpoints, so it must not change between releases.
   */
  String name();
}

package org.charrnn.api;

/**
 * The common interface of all plugins.
 *
 * <p><b>Thread safety.</b> A plugin is stateless: one instance serves every model and every thread
 * at once.
 */
public interface Plugin {

  /**
   * {@return the name by which users request this plugin: lower-case letters, digits and hyphens}
   * It is stored in checkpoints, so it must not change between releases.
   */
  String name();
}

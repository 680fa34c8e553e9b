package org.charrnn.api;

/**
 * What all plugins have in common.
 *
 * <p><b>Thread safety.</b> A plugin is stateless: one instance serves every model and every thread
 * at once.
 */
public interface Plugin {

  /**
   * The name by which users ask for this plugin: lower-case letters, digits and hyphens. It is
   * written into checkpoints, so it stays the same from release to release.
   */
  String name();
}

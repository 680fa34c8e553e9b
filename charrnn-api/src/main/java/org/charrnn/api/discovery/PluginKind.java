package org.charrnn.api.discovery;

import java.util.function.BiFunction;
import org.charrnn.api.Accelerator;
import org.charrnn.api.Cell;
import org.charrnn.api.Optimizer;
import org.charrnn.api.Plugin;
import org.charrnn.api.Tokenizer;

/**
 * A kind of plugin.
 *
 * @param name its name, for messages
 * @param service its interface
 * @param usualModule the module that usually provides one, without {@code charrnn-}
 * @param guarding makes a plugin that checks its contract at each call
 * @param <P> its interface
 */
record PluginKind<P extends Plugin>(
    String name, Class<P> service, String usualModule, BiFunction<Guard, P, P> guarding) {

  static final PluginKind<Tokenizer> TOKENIZER =
      new PluginKind<>("tokenizer", Tokenizer.class, "text", GuardedTokenizer::new);
  static final PluginKind<Cell> CELL =
      new PluginKind<>("cell", Cell.class, "model-gru", GuardedCell::new);
  static final PluginKind<Optimizer> OPTIMIZER =
      new PluginKind<>("optimizer", Optimizer.class, "optim-adagrad", GuardedOptimizer::new);
  static final PluginKind<Accelerator> ACCELERATOR =
      new PluginKind<>("accelerator", Accelerator.class, "accel-java", GuardedAccelerator::of);

  private static final String NAME = "[a-z0-9]+(-[a-z0-9]+)*";

  /**
   * The plugin with its contract checked at each call.
   *
   * @throws PluginException if it has no valid name, or does not report its priority
   */
  P guarded(P plugin) {
    Class<?> type = plugin.getClass();
    String name = new Guard(name(), type.getSimpleName(), type).call("name", plugin::name);
    Guard guard = new Guard(name(), name, type);
    guard.require(
        name.matches(NAME),
        () -> "its name must be words of lower-case letters and digits with hyphens");
    return guarding.apply(guard, plugin);
  }
}

package org.charrnn.api.discovery;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.charrnn.api.CharRnnException;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.TensorTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * Guards the calls into one plugin: whatever it throws, and whatever breaks its contract, becomes a
 * {@link PluginException} that names the plugin. Exceptions that say what a user can do, and
 * tensors that are too large because of the sizes that the user chose, pass.
 *
 * @param kind the kind of plugin, such as {@code cell}
 * @param name the name of the plugin
 * @param type its class
 */
record Guard(String kind, String name, Class<?> type) {

  private static final Pattern COMPONENT_NAME = Pattern.compile("[A-Za-z0-9_-]+");

  /** The result of a call, which must not be null. */
  <T> T call(String method, Supplier<@Nullable T> call) {
    return call(method, call, _ -> false);
  }

  /**
   * The same for a method whose contract allows exceptions.
   *
   * @param passes whether an exception is one of them
   */
  <T> T call(String method, Supplier<@Nullable T> call, Predicate<RuntimeException> passes) {
    @Nullable T result;
    try {
      result = call.get();
    } catch (CharRnnException | TensorTooLargeException | OutOfMemoryError e) {
      throw e;
    } catch (Throwable e) { // a plugin may throw anything, checked exceptions included
      if (e instanceof RuntimeException exception && passes.test(exception)) {
        throw exception;
      }
      throw fault(method + " failed with " + e, e);
    }
    if (result == null) {
      throw fault(method + " returned null", null);
    }
    return result;
  }

  /** A call without a result. */
  void run(String method, Runnable call) {
    run(method, call, _ -> false);
  }

  /** The same for a method whose contract allows exceptions. */
  void run(String method, Runnable call, Predicate<RuntimeException> passes) {
    call(
        method,
        () -> {
          call.run();
          return true;
        },
        passes);
  }

  /** A list without null. */
  <T> List<T> list(String method, Supplier<@Nullable List<T>> call) {
    return call(method, () -> List.copyOf(call(method, call)));
  }

  /** Checks the names of parts of a plugin, such as those of its states. */
  void requireNames(String method, List<String> names) {
    Set<String> seen = new HashSet<>();
    for (String part : names) {
      require(
          COMPONENT_NAME.matcher(part).matches(),
          () ->
              String.format(
                  Locale.ROOT,
                  "%s has the impossible name '%s'; letters, digits, '_' and '-' are allowed",
                  method,
                  part));
      require(seen.add(part), () -> method + " has '" + part + "' twice");
    }
  }

  /** Checks that new states have the shapes of the old ones. */
  void requireShapes(String method, List<Tensor> before, List<Tensor> after) {
    require(
        after.size() == before.size(),
        () -> method + " returned " + after.size() + " states, expected " + before.size());
    for (int i = 0; i < after.size(); i++) {
      requireShape(method, before.get(i), after.get(i));
    }
  }

  /** Checks that a new tensor has the shape of the old one. */
  void requireShape(String method, Tensor before, Tensor after) {
    require(
        after.shape().equals(before.shape()),
        () ->
            String.format(
                Locale.ROOT,
                "%s returned a tensor of shape %s, expected %s",
                method,
                after.shape(),
                before.shape()));
  }

  /** Checks a part of the contract. */
  void require(boolean holds, Supplier<String> violation) {
    if (!holds) {
      throw fault(violation.get(), null);
    }
  }

  /** The exception for a fault of the plugin. */
  PluginException fault(String fault, @Nullable Throwable cause) {
    return new PluginException(
        String.format(
            Locale.ROOT,
            "The %s '%s' has a fault: %s. It is %s; report this to its authors, or use another %s.",
            kind,
            name,
            fault,
            place(type),
            kind),
        cause);
  }

  /** The class of a plugin and the jar or folder that contains it. */
  static String place(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    URL location = source == null ? null : source.getLocation();
    return location == null ? type.getName() : type.getName() + " in " + path(location);
  }

  private static String path(URL location) {
    try {
      return Path.of(location.toURI()).toString();
    } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException _) {
      return location.toString();
    }
  }
}

package org.charrnn.serve.models;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.charrnn.serve.http.ApiError;
import org.charrnn.serve.http.ApiException;

/**
 * The models of a server, by name.
 *
 * <p><b>Thread safety.</b> Immutable; the models are safe for any number of threads.
 */
public final class ServedModels implements AutoCloseable {

  private final Map<String, ServedModel> models;

  /**
   * The models, the first of which answers requests that name none.
   *
   * @throws IllegalArgumentException if there is none, or two have one name
   */
  public ServedModels(List<ServedModel> models) {
    Map<String, ServedModel> byName = new LinkedHashMap<>();
    for (ServedModel model : models) {
      if (byName.put(model.id(), model) != null) {
        throw new IllegalArgumentException("two models are named '" + model.id() + "'");
      }
    }
    if (byName.isEmpty()) {
      throw new IllegalArgumentException("there is no model to serve");
    }
    this.models = Collections.unmodifiableMap(byName);
  }

  /** All models, in order. */
  public Collection<ServedModel> all() {
    return models.values();
  }

  /**
   * The model that a request names, or the first one.
   *
   * @throws ApiException with status 404 if there is none of that name
   */
  public ServedModel get(Optional<String> id) {
    ServedModel found = id.map(models::get).orElse(models.values().iterator().next());
    if (id.isPresent() && !models.containsKey(id.get())) {
      throw new ApiException(
          ApiError.invalid(
                  "There is no model '"
                      + id.get()
                      + "'; the models are "
                      + String.join(", ", models.keySet())
                      + ".")
              .withStatus(404)
              .withField("model")
              .withCode("model_not_found"));
    }
    return found;
  }

  /** Closes all models when their last requests end. */
  @Override
  public void close() {
    models.values().forEach(ServedModel::close);
  }
}

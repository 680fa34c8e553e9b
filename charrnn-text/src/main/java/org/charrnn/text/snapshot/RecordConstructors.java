package org.charrnn.text.snapshot;

import tools.jackson.core.Version;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.deser.ValueInstantiators;
import tools.jackson.databind.deser.std.StdValueInstantiator;
import tools.jackson.databind.introspect.AnnotatedConstructor;

/**
 * Calls the constructors of records by reflection. Jackson calls them through method handles, for
 * which Java generates several classes for each record.
 */
final class RecordConstructors extends JacksonModule {

  @Override
  public String getModuleName() {
    return "charrnn-record-constructors";
  }

  @Override
  public Version version() {
    return Version.unknownVersion();
  }

  @Override
  public void setupModule(SetupContext context) {
    context.addValueInstantiators(new Instantiators());
  }

  private static final class Instantiators extends ValueInstantiators.Base {
    @Override
    public ValueInstantiator modifyValueInstantiator(
        DeserializationConfig config,
        BeanDescription.Supplier description,
        ValueInstantiator instantiator) {
      return instantiator instanceof StdValueInstantiator standard
              && standard.getWithArgsCreator() instanceof AnnotatedConstructor constructor
              && constructor.getDeclaringClass().isRecord()
          ? new ByReflection(standard, constructor)
          : instantiator;
    }
  }

  private static final class ByReflection extends StdValueInstantiator {

    private final AnnotatedConstructor constructor;

    ByReflection(StdValueInstantiator standard, AnnotatedConstructor constructor) {
      super(standard);
      this.constructor = constructor;
    }

    @Override
    public Object createFromObjectWith(DeserializationContext context, Object[] arguments) {
      try {
        return constructor.getAnnotated().newInstance(arguments);
      } catch (ReflectiveOperationException e) {
        return context.handleInstantiationProblem(
            _valueClass, arguments, rewrapCtorProblem(context, e));
      }
    }
  }
}

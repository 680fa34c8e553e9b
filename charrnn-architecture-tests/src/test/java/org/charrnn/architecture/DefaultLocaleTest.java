package org.charrnn.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.PrintStream;
import java.lang.reflect.Executable;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.Scanner;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Main code formats and parses independently of the default locale, so that output is the same
 * everywhere: no call of a JDK method that reads the default locale.
 *
 * <p>Such a method is one with an overload that takes the same parameters and a {@link Locale}, or
 * one of the few that have no such overload and are listed here.
 */
class DefaultLocaleTest {

  /** Methods that read the default locale and have no overload with a locale. */
  private static final Set<String> WITHOUT_OVERLOAD =
      Set.of(
          "java.lang.String.formatted",
          "java.text.MessageFormat.format",
          "java.time.format.DateTimeFormatter.ofLocalizedDate",
          "java.time.format.DateTimeFormatter.ofLocalizedTime",
          "java.time.format.DateTimeFormatter.ofLocalizedDateTime",
          "java.time.format.DateTimeFormatter.ofLocalizedPattern",
          "java.util.Locale.getDefault",
          "java.io.Console.readLine",
          "java.io.Console.readPassword");

  /** Classes whose constructors read the default locale and have no overload with a locale. */
  private static final Set<String> CONSTRUCTORS_WITHOUT_OVERLOAD =
      Set.of(
          "java.util.Scanner",
          "java.text.DecimalFormat",
          "java.text.ChoiceFormat",
          "java.text.DateFormatSymbols");

  /** A formatter has the locale of its constructor. */
  private static final Set<String> WITH_LOCALE_OF_THE_OBJECT = Set.of("java.util.Formatter.format");

  @ParameterizedTest
  @EnumSource
  void mainCode_doesNotReadTheDefaultLocale(ModuleRule module) {
    assertEquals(List.of(), violations(ProjectClasses.of(module).stream()));
  }

  @Test
  void examplesAndBenchmarks_doNotReadTheDefaultLocale() {
    List<JavaClass> classes =
        ProjectClasses.all().stream()
            .filter(type -> ModuleRule.ofPackage(type.getPackageName()).isEmpty())
            .toList();
    assertTrue(classes.stream().anyMatch(type -> type.getName().contains(".benchmarks.")));
    assertTrue(classes.stream().anyMatch(type -> type.getName().contains(".examples.")));
    assertEquals(List.of(), violations(classes.stream()));
  }

  /**
   * Their expectations would be of another language. This module alone calls such methods, for the
   * rule to find them, and classes that test what a default locale does may read it.
   */
  @Test
  void tests_doNotReadTheDefaultLocale() {
    JavaClasses tests = ProjectClasses.tests();
    assertTrue(tests.stream().anyMatch(type -> type.getName().contains(".cli.")));
    Set<String> found =
        callsIn(tests.stream())
            .filter(DefaultLocaleTest::readsTheDefaultLocale)
            .filter(call -> !call.getName().equals("getDefault"))
            .map(JavaAccess::getDescription)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(Set.of(), found);
  }

  @Test
  void everyKindOfCall_isFound() {
    JavaClass type = new ClassFileImporter().importClass(Dependent.class);
    Set<String> found =
        callsIn(Stream.of(type))
            .filter(DefaultLocaleTest::readsTheDefaultLocale)
            .map(call -> call.getTargetOwner().getSimpleName() + "." + call.getName())
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(
        Set.of(
            "DateTimeFormatter.ofLocalizedDate",
            "DateTimeFormatter.ofPattern",
            "Formatter.<init>",
            "Locale.getDefault",
            "MessageFormat.format",
            "NumberFormat.getInstance",
            "PrintStream.printf",
            "Scanner.<init>",
            "String.format",
            "String.formatted",
            "String.toLowerCase",
            "String.toUpperCase"),
        found);
  }

  @Test
  void callsWithALocale_areAllowed() {
    JavaClass type = new ClassFileImporter().importClass(Independent.class);
    assertTrue(callsIn(Stream.of(type)).anyMatch(call -> call.getName().equals("format")));
    assertEquals(List.of(), violations(Stream.of(type)));
  }

  private static List<String> violations(Stream<JavaClass> classes) {
    return callsIn(classes)
        .filter(DefaultLocaleTest::readsTheDefaultLocale)
        .map(JavaAccess::getDescription)
        .sorted()
        .toList();
  }

  /** Calls and method references. */
  private static Stream<JavaCodeUnitAccess<?>> callsIn(Stream<JavaClass> classes) {
    return classes
        .flatMap(type -> type.getAccessesFromSelf().stream())
        .filter(JavaCodeUnitAccess.class::isInstance)
        .map(access -> (JavaCodeUnitAccess<?>) access);
  }

  private static boolean readsTheDefaultLocale(JavaCodeUnitAccess<?> call) {
    List<String> parameters =
        call.getTarget().getRawParameterTypes().stream().map(JavaClass::getName).toList();
    return !parameters.contains(Locale.class.getName())
        && ownersInTheJdk(call)
            .anyMatch(owner -> readsTheDefaultLocale(owner, call.getName(), parameters));
  }

  /** The class of the call and its superclasses, as far as they belong to the JDK. */
  private static Stream<String> ownersInTheJdk(JavaCodeUnitAccess<?> call) {
    JavaClass owner = call.getTargetOwner();
    return Stream.concat(Stream.of(owner), owner.getAllRawSuperclasses().stream())
        .map(JavaClass::getName)
        .filter(name -> name.startsWith("java."));
  }

  private static boolean readsTheDefaultLocale(String owner, String name, List<String> parameters) {
    return !WITH_LOCALE_OF_THE_OBJECT.contains(owner + "." + name)
        && (WITHOUT_OVERLOAD.contains(owner + "." + name)
            || (name.equals("<init>") && CONSTRUCTORS_WITHOUT_OVERLOAD.contains(owner))
            || hasOverloadWithLocale(owner, name, parameters));
  }

  private static boolean hasOverloadWithLocale(String owner, String name, List<String> parameters) {
    return overloads(owner, name)
        .map(Executable::getParameterTypes)
        .map(types -> new ArrayList<>(Arrays.stream(types).map(Class::getName).toList()))
        .anyMatch(types -> types.remove(Locale.class.getName()) && types.equals(parameters));
  }

  /** The methods or constructors of a class of the JDK with the given name. */
  private static Stream<Executable> overloads(String owner, String name) {
    try {
      Class<?> type = Class.forName(owner, false, DefaultLocaleTest.class.getClassLoader());
      Stream<? extends Executable> all =
          name.equals("<init>")
              ? Arrays.stream(type.getConstructors())
              : Arrays.stream(type.getMethods()).filter(method -> method.getName().equals(name));
      return all.map(it -> it);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("cannot load " + owner, e);
    }
  }

  /** A call of each kind, which the rule must find. */
  private static final class Dependent {
    static void callAll(PrintStream out, List<String> words) {
      out.printf("%d", 1);
      out.println("%d".formatted(2) + String.format("%d", 3));
      out.println(NumberFormat.getInstance().format(4) + MessageFormat.format("{0}", 5));
      out.println(new Formatter().format("%d", 6).toString() + new Scanner("7").nextInt());
      out.println(DateTimeFormatter.ofPattern("yyyy").toString());
      out.println(DateTimeFormatter.ofLocalizedDate(FormatStyle.SHORT).toString());
      out.println(words.stream().map(String::toLowerCase).toList());
      out.println("I".toUpperCase() + Locale.getDefault());
    }
  }

  /** The same calls with a locale. */
  private static final class Independent {
    static void callAll(PrintStream out) {
      out.printf(Locale.ROOT, "%d", 1);
      out.println(String.format(Locale.ROOT, "%d", 2) + "I".toLowerCase(Locale.ROOT));
      out.println(NumberFormat.getInstance(Locale.ROOT).format(3));
      out.println(new Formatter(Locale.ROOT).format("%d", 4).toString());
    }
  }
}

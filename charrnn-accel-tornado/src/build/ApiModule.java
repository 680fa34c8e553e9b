import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.ModuleAttribute;
import java.lang.constant.ModuleDesc;
import java.lang.constant.PackageDesc;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Makes the module tornado.api, to compile and test against, from the jar on the class path that contains TornadoVM's API
 * classes, and writes it as a folder of classes.
 *
 * <p>The jar may be the official tornado-api, or one that contains its classes among others. Classes that were compiled
 * with preview features of another release, which no other JDK would load, lose that mark: the features that they use are
 * final now. At run time the module comes from the SDK, and none of this is used.
 */
final class ApiModule {

  private static final String ROOT = "uk/ac/manchester/tornado/api";
  private static final int MINOR_VERSION = 4; // position in a class file, two bytes

  private ApiModule() {}

  /** The argument is the folder to write. */
  public static void main(String[] arguments) throws IOException {
    Path module = Path.of(arguments[0]);
    URI found = URI.create(String.valueOf(ClassLoader.getSystemResource(ROOT + "/TaskGraph.class")));
    if (!"jar".equals(found.getScheme())) {
      throw new IllegalStateException("no jar on the class path has " + ROOT + "/TaskGraph.class; see tornado.api.artifact in pom.xml");
    }
    URI jar = URI.create(found.toString().replaceFirst("!.*", ""));
    TreeSet<String> packages = new TreeSet<>();
    try (FileSystem files = FileSystems.newFileSystem(jar, Map.of());
        Stream<Path> classes = Files.walk(files.getPath(ROOT))) {
      classes.filter(file -> file.toString().endsWith(".class")).forEach(file -> packages.add(copy(file, module)));
    }
    Files.write(module.resolve("module-info.class"), descriptor(packages));
  }

  private static String copy(Path file, Path module) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      bytes[MINOR_VERSION] = 0;
      bytes[MINOR_VERSION + 1] = 0;
      Path target = module.resolve(file.toString());
      Files.createDirectories(target.getParent());
      Files.write(target, bytes);
      return file.getParent().toString().replace('/', '.');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] descriptor(TreeSet<String> packages) {
    List<PackageDesc> all = packages.stream().map(PackageDesc::of).toList();
    return ClassFile.of()
        .buildModule(
            ModuleAttribute.of(
                ModuleDesc.of("tornado.api"),
                module -> {
                  module.requires(ModuleDesc.of("java.base"), ClassFile.ACC_MANDATED, null);
                  module.requires(ModuleDesc.of("java.desktop"), 0, null);
                  module.moduleFlags(ClassFile.ACC_OPEN);
                  all.forEach(name -> module.exports(name, 0));
                }));
  }
}

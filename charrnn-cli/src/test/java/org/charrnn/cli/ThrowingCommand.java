package org.charrnn.cli;

import java.util.concurrent.Callable;
import org.charrnn.api.DeviceException;
import org.charrnn.cli.spi.CommandProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A command of another jar that fails on request. */
@Command(name = "throw", description = "Fail.")
public final class ThrowingCommand implements Callable<Integer> {

  /** The provider, as in another jar. */
  public static final class Provider implements CommandProvider {
    @Override
    public Object command() {
      return new ThrowingCommand();
    }
  }

  @Parameters private String what;

  @Override
  public Integer call() {
    switch (what) {
      case "exception" -> throw new IllegalStateException("two and two are five");
      case "device" -> throw new DeviceException("Out of memory on gpu:0. Lower the batch size.");
      case "link" -> throw new NoClassDefFoundError("org/example/Gone");
      case "memory" -> throw new OutOfMemoryError("Java heap space");
      default -> {
        return what.length();
      }
    }
  }
}

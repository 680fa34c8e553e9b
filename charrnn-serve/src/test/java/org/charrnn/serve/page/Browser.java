package org.charrnn.serve.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A Chromium without a window. */
final class Browser implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ChromeDriver driver;
  private Map<String, Object> screen = screen(1280, 800);
  private String colors = "light";
  private String languages = "en";

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts a browser; skips the test where none is installed. */
  static Browser open() {
    Optional<Path> chromium = onPath("chromium");
    Optional<Path> chromedriver = onPath("chromedriver");
    assumeTrue(
        chromium.isPresent() && chromedriver.isPresent(),
        "chromium and chromedriver are not on the PATH; Debian's packages are chromium and chromium-driver");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.get().toFile());
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    // Selenium looks for no driver of its own, and loads none, if this is set.
    System.setProperty("webdriver.chrome.driver", chromedriver.get().toString());
    return new Browser(new ChromeDriver(options));
  }

  private static Optional<Path> onPath(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  // ---- the window

  /** Opens a page in a new tab, which has no key, and closes the tab before. */
  void open(String url) {
    String before = driver.getWindowHandle();
    String tab = driver.switchTo().newWindow(WindowType.TAB).getWindowHandle();
    driver.switchTo().window(before).close();
    driver.switchTo().window(tab);
    driver.executeCdpCommand("Emulation.setDeviceMetricsOverride", screen);
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colors))));
    driver.executeCdpCommand(
        "Emulation.setUserAgentOverride",
        Map.of("userAgent", script("return navigator.userAgent"), "acceptLanguage", languages));
    driver.get(url);
  }

  void reload() {
    driver.navigate().refresh();
  }

  /** Pages that are opened from now on are this wide. */
  void width(int width) {
    screen = screen(width, 800);
  }

  private static Map<String, Object> screen(int width, int height) {
    return Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600);
  }

  /** Pages that are opened from now on find that the system prefers these colors: light or dark. */
  void colors(String preferred) {
    colors = preferred;
  }

  /** Pages that are opened from now on find that the reader prefers these languages. */
  void languages(String preferred) {
    languages = preferred;
  }

  String title() {
    return driver.getTitle();
  }

  // ---- elements

  /** The only element that a selector names. */
  WebElement get(String css) {
    await("one " + css, () -> !all(css).isEmpty());
    List<WebElement> found = all(css);
    assertEquals(1, found.size(), css);
    return found.getFirst();
  }

  List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  /** The text of all elements that a selector names, as the page has it in memory. */
  List<String> texts(String css) {
    return all(css).stream().map(element -> element.getDomProperty("textContent")).toList();
  }

  void click(String css) {
    get(css).click();
  }

  void type(String css, CharSequence... keys) {
    get(css).sendKeys(keys);
  }

  /**
   * Sets the value of a control, of which no key has a character, and reports it as a reader does.
   */
  void set(String css, String value) {
    driver.executeScript(
        "arguments[0].value = arguments[1];"
            + "arguments[0].dispatchEvent(new Event('input', {bubbles: true}));"
            + "arguments[0].dispatchEvent(new Event('change', {bubbles: true}));",
        get(css),
        value);
  }

  /** Presses keys where the focus is. */
  void press(CharSequence... keys) {
    focused().sendKeys(keys);
  }

  /** Presses the Tab key until an element has the focus. */
  void tabTo(String css) {
    WebElement target = get(css);
    for (int i = 0; i < 100 && !focused().equals(target); i++) {
      focused().sendKeys(Keys.TAB);
    }
    assertEquals(target, focused(), () -> "Tab does not reach " + css);
  }

  WebElement focused() {
    return driver.switchTo().activeElement();
  }

  // ---- waiting and scripts

  void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        fail("Waited in vain for " + what + ". The page shows: " + get("body").getText());
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  void awaitText(String css, String text) {
    await(
        "'" + text + "' in " + css,
        () -> all(css).stream().anyMatch(it -> it.getText().contains(text)));
  }

  @SuppressWarnings("unchecked")
  <T> T script(String body, Object... arguments) {
    return (T) driver.executeScript(body, arguments);
  }

  /** Runs a script that ends by calling its last argument. */
  @SuppressWarnings("unchecked")
  <T> T asynchronousScript(String body) {
    return (T) driver.executeAsyncScript(body);
  }

  /**
   * What the console has reported since the last call, without answers of the server that are
   * errors.
   */
  List<String> problems() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(entry -> entry.getMessage())
        .filter(message -> !message.contains("Failed to load resource"))
        .toList();
  }

  @Override
  public void close() {
    driver.quit();
  }
}

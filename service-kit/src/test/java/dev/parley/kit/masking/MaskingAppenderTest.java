package dev.parley.kit.masking;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log as it is set up for every process. */
class MaskingAppenderTest {
  @Test
  void theLogFileHoldsNoPersonalDataNeitherInMessagesNorInExceptions(@TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("log");
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    context.putProperty("parley.log.file", file.toString());
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(getClass().getResource("/logback.xml"));

    var inner = new IllegalArgumentException("no such user ann@example.org");
    context
        .getLogger("test")
        .info("card {} of {}", "4111 1111 1111 1111", 7, new IllegalStateException("bad", inner));
    context.stop();

    assertThat(Files.readString(file))
        .contains("card [card] of 7", "no such user [e-mail]")
        .doesNotContain("4111", "ann@example");
  }
}

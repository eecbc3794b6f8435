package io.redward.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.Logger;

/// Messages go to standard error; `-Dredward.log=debug` says more, `-Dredward.log.format=json`
/// writes one JSON object a line. In Java rather than in the
/// library's XML, whose reading took a fifth of a server's start. Found by the library as a
/// service.
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class LogSettings extends ContextAwareBase implements Configurator {
  private static final String PATTERN = "%d{HH:mm:ss.SSS} %-5level %logger{24} %msg %kvp{NONE}%n";

  @Override
  public ExecutionStatus configure(LoggerContext logging) {
    Encoder<ILoggingEvent> encoder = encoder();
    encoder.setContext(logging);
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(logging);
    appender.setName("stderr");
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    logging.getLogger("org.apache.calcite").setLevel(Level.OFF);
    Level ours = Level.toLevel(System.getProperty("redward.log"), Level.WARN);
    logging.getLogger("io.redward").setLevel(ours);
    logging.getLogger("redward.statement").setLevel(Level.INFO);
    ch.qos.logback.classic.Logger root = logging.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(appender);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static Encoder<ILoggingEvent> encoder() {
    if ("json".equals(System.getProperty("redward.log.format"))) {
      return new JsonEncoder();
    }
    PatternLayoutEncoder text = new PatternLayoutEncoder();
    text.setPattern(PATTERN);
    return text;
  }
}

package dev.parley.kit.masking;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;

/** A log event, or an exception in one, whose texts hold no personal data. */
final class MaskedEvent {
  private MaskedEvent() {}

  static ILoggingEvent of(ILoggingEvent event) {
    return masked(ILoggingEvent.class, event);
  }

  private static <T> T masked(Class<T> type, T inner) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> value(method, call(inner, method, arguments))));
  }

  private static Object call(Object inner, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(inner, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static Object value(Method method, Object value) {
    return switch (value) {
      case String text when method.getName().endsWith("Message") ->
          PersonalData.LOGGED.labelled(text);
      case Object[] _ when method.getName().equals("getArgumentArray") -> new Object[0];
      case IThrowableProxy[] inner ->
          Arrays.stream(inner)
              .map(it -> masked(IThrowableProxy.class, it))
              .toArray(IThrowableProxy[]::new);
      case IThrowableProxy inner -> masked(IThrowableProxy.class, inner);
      case null -> null;
      default -> value;
    };
  }
}

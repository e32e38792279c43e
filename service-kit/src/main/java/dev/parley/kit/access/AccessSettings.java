package dev.parley.kit.access;

import dev.parley.kit.failure.Failure;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Whether callers must say who they are. */
@ConfigMapping(prefix = "identity")
public interface AccessSettings {
  /**
   * Whether nobody has rights without a credential. Otherwise whoever reaches this machine's own
   * address owns the organisation {@code local}, and no other address is listened on.
   */
  @WithDefault("false")
  boolean required();

  /**
   * Passes an address that may be listened on.
   *
   * @param setting that names it
   * @throws Failure INVALID_ARGUMENT when others can reach it and need not say who they are
   */
  default void allow(String setting, String address) {
    try {
      if (!required() && !InetAddress.getByName(address).isLoopbackAddress()) {
        throw Failure.invalid(
            setting,
            address
                + " (expected a loopback address, or --identity.required=true: whoever reached it"
                + " would own everything)");
      }
    } catch (UnknownHostException e) {
      throw Failure.invalid(setting, address + " (expected an address)");
    }
  }
}

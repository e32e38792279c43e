package dev.parley.edge;

import com.linecorp.armeria.common.util.TlsEngineType;
import com.linecorp.armeria.server.ServerBuilder;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.util.SimpleKeyManagerFactory;
import java.security.KeyStore;
import javax.net.ssl.KeyManager;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Mutual TLS; both managers may show and believe other certificates as time goes by. */
record EdgeTls(X509ExtendedKeyManager keys, X509ExtendedTrustManager trust) {

  void apply(ServerBuilder builder) {
    builder
        .tls(new Ready(keys))
        .tlsEngineType(TlsEngineType.JDK)
        .tlsCustomizer(it -> it.trustManager(trust).clientAuth(ClientAuth.REQUIRE));
  }

  /** A factory of what is there already. */
  private static final class Ready extends SimpleKeyManagerFactory {
    private final KeyManager keys;

    Ready(KeyManager keys) {
      this.keys = keys;
    }

    @Override
    protected void engineInit(KeyStore store, char[] password) {}

    @Override
    protected void engineInit(ManagerFactoryParameters parameters) {}

    @Override
    protected KeyManager[] engineGetKeyManagers() {
      return new KeyManager[] {keys};
    }
  }
}

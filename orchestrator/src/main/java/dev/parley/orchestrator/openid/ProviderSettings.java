package dev.parley.orchestrator.openid;

import java.net.URI;
import java.util.Optional;

/**
 * One provider of OpenID Connect as an operator sets it up.
 *
 * @param issuer below which {@code /.well-known/openid-configuration} is
 * @param clientSecret absent for a public client
 */
public record ProviderSettings(
    String id, String displayName, URI issuer, String clientId, Optional<String> clientSecret) {}

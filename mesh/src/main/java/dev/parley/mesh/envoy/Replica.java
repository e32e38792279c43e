package dev.parley.mesh.envoy;

/**
 * Where one process of a service listens.
 *
 * @param name the same wherever the process is named, by which sessions keep to it
 */
public record Replica(String name, String address, int port) {}

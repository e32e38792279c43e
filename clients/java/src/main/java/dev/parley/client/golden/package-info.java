/** Plays golden conversations ({@code clients/golden}) against a server, through any door. */
package dev.parley.client.golden;

/**
 * Talks to Parley. {@link dev.parley.client.Parley} says where it is and who calls, {@link
 * dev.parley.client.Conversation} talks and comes back when the connection breaks, {@link
 * dev.parley.client.ParleyException} says what failed and why.
 */
package dev.parley.client;

package dev.parley.speechsvc.synthesis;

/**
 * A mouth shape held from {@code startUs} to {@code endUs}, in microseconds of its phrase.
 *
 * @param phone the sound it was made from
 */
public record Viseme(VisemeShape shape, String phone, long startUs, long endUs) {}

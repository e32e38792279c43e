package dev.parley.speechsvc.recognition;

import java.util.Optional;

/**
 * What listening takes.
 *
 * @param recognizer turns speech into words
 * @param detector tells speech from everything else
 * @param turns judges by the sound whether a turn is over, where there is such a model
 */
public record Ears(Recognizer recognizer, VoiceDetector detector, Optional<TurnModel> turns) {}

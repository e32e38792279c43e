package dev.parley.rendersvc.video;

/**
 * Part of a fragmented MP4.
 *
 * @param data ISO BMFF boxes: {@code ftyp moov} for the first, {@code moof mdat} after it
 * @param init whether it is the initialisation segment
 * @param startUs first picture's moment, microseconds on the media clock
 * @param durationUs length, microseconds; 0 for the initialisation segment
 * @param mimeType with codecs; empty but for the initialisation segment
 */
public record FilmFragment(
    byte[] data, boolean init, long startUs, long durationUs, String mimeType) {}

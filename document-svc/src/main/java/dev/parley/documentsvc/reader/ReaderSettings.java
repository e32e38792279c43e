package dev.parley.documentsvc.reader;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Bounds of a process that reads files.
 *
 * @param memoryMb its heap
 * @param stall it is ended when nothing comes of a file for so long
 * @param total it is ended when a file takes longer
 * @param idle it ends when nothing is asked of it for so long
 * @param tesseract the program that recognises text, by name or as a file
 * @param scratch folder for its temporary files, which are removed when it ends
 */
public record ReaderSettings(
    int memoryMb, Duration stall, Duration total, Duration idle, String tesseract, Path scratch) {}

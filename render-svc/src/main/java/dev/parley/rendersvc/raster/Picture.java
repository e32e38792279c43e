package dev.parley.rendersvc.raster;

/**
 * A drawn picture.
 *
 * @param width pixels
 * @param height pixels
 * @param rgb packed sRGB, row by row from the top; overwritten by the next picture of the same
 *     rasteriser
 */
public record Picture(int width, int height, int[] rgb) {}

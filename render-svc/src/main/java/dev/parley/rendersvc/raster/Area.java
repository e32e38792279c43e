package dev.parley.rendersvc.raster;

/** A rectangle of pixels; right and bottom are outside it. */
record Area(int left, int top, int right, int bottom) {}

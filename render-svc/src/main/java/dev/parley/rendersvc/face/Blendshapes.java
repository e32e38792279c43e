package dev.parley.rendersvc.face;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The 52 ARKit blendshapes in ARKit's own order: the order of every packed weight vector. */
public final class Blendshapes {
  /** Names in order; a weight's index is its name's index here. */
  public static final List<String> NAMES =
      List.of(
          ("eyeBlinkLeft eyeLookDownLeft eyeLookInLeft eyeLookOutLeft eyeLookUpLeft eyeSquintLeft"
                  + " eyeWideLeft eyeBlinkRight eyeLookDownRight eyeLookInRight eyeLookOutRight"
                  + " eyeLookUpRight eyeSquintRight eyeWideRight jawForward jawLeft jawRight"
                  + " jawOpen mouthClose mouthFunnel mouthPucker mouthLeft mouthRight"
                  + " mouthSmileLeft mouthSmileRight mouthFrownLeft mouthFrownRight"
                  + " mouthDimpleLeft mouthDimpleRight mouthStretchLeft mouthStretchRight"
                  + " mouthRollLower mouthRollUpper mouthShrugLower mouthShrugUpper"
                  + " mouthPressLeft mouthPressRight mouthLowerDownLeft mouthLowerDownRight"
                  + " mouthUpperUpLeft mouthUpperUpRight browDownLeft browDownRight browInnerUp"
                  + " browOuterUpLeft browOuterUpRight cheekPuff cheekSquintLeft"
                  + " cheekSquintRight noseSneerLeft noseSneerRight tongueOut")
              .split(" "));

  /** How many there are: 52. */
  public static final int COUNT = NAMES.size();

  private static final Map<String, Integer> INDEX = index();

  private Blendshapes() {}

  /** The index of a name; an unknown name is a mistake in the code and throws. */
  public static int index(String name) {
    Integer found = INDEX.get(name);
    if (found == null) {
      throw new IllegalArgumentException("blendshape: " + name + " (expected an ARKit name)");
    }
    return found;
  }

  /** Whether the name is one of the 52. */
  public static boolean contains(String name) {
    return INDEX.containsKey(name);
  }

  /**
   * Reads {@code jawOpen=.2,mouthSmile_=.3} into a full weight vector; a trailing {@code _} means
   * both Left and Right.
   */
  static float[] pose(String text) {
    float[] weights = new float[COUNT];
    if (text.isBlank()) {
      return weights;
    }
    for (String part : text.split(",")) {
      String name = part.substring(0, part.indexOf('=')).trim();
      float value = Float.parseFloat(part.substring(part.indexOf('=') + 1));
      if (name.endsWith("_")) {
        String stem = name.substring(0, name.length() - 1);
        weights[index(stem + "Left")] = value;
        weights[index(stem + "Right")] = value;
      } else {
        weights[index(name)] = value;
      }
    }
    return weights;
  }

  private static Map<String, Integer> index() {
    Map<String, Integer> byName = new HashMap<>();
    for (int i = 0; i < NAMES.size(); i++) {
      byName.put(NAMES.get(i), i);
    }
    return byName;
  }
}

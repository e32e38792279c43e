package dev.parley.rendersvc.face;

/** What the character is doing, which decides how its face lives between words. */
public enum FaceActivity {
  IDLE,
  LISTENING,
  THINKING,
  SPEAKING
}

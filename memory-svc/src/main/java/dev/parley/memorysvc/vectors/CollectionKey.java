package dev.parley.memorysvc.vectors;

import java.util.regex.Pattern;

/**
 * Which collection: every call names the organisation, so that none can reach another's.
 *
 * @param organisation whose
 * @param id unique in the organisation: lower-case letters, digits and hyphens
 */
public record CollectionKey(String organisation, String id) {
  private static final Pattern SLUG = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  private static final String SHADOW = "~next";

  /** Refuses an id that is no slug. */
  public CollectionKey {
    if (organisation.isBlank()) {
      throw new IllegalArgumentException("organisation: blank (expected an id)");
    }
    String plain = id.endsWith(SHADOW) ? id.substring(0, id.length() - SHADOW.length()) : id;
    if (!SLUG.matcher(plain).matches()) {
      throw new IllegalArgumentException(
          "collection: " + id + " (expected lower-case letters, digits and hyphens, 63 at most)");
    }
  }

  /** Where the next generation of this collection is made while this one answers. */
  public CollectionKey shadow() {
    return new CollectionKey(organisation, id + SHADOW);
  }

  /** Whether this is the next generation of another. */
  public boolean isShadow() {
    return id.endsWith(SHADOW);
  }
}

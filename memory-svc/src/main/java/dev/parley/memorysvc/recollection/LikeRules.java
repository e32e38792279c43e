package dev.parley.memorysvc.recollection;

import static dev.parley.memorysvc.recollection.FactKind.LIKE;
import static dev.parley.memorysvc.recollection.FactRule.of;
import static dev.parley.memorysvc.recollection.Wordings.ADV;
import static dev.parley.memorysvc.recollection.Wordings.AM;
import static dev.parley.memorysvc.recollection.Wordings.NO_THING;
import static dev.parley.memorysvc.recollection.Wordings.REST;

import java.util.List;

/** What somebody likes and does not. */
final class LikeRules {
  static final List<FactRule> ALL =
      List.of(
          of(
              LIKE,
              "favourite:$1",
              0.6,
              "my (?:all-time )?favou?rite ([\\p{L} ]{2,30}?)(?:is|are|'s) " + REST,
              "not|it|you|that|this|what"),
          of(
              LIKE,
              "like:$1",
              0.5,
              "i "
                  + ADV
                  + "(?:love|like|enjoy|adore|prefer|hate|dislike|loathe|detest|despise|can't stand"
                  + "|cannot stand|can't bear|don't like|do not like|don't enjoy|don't love|don't really like"
                  + "|don't care for|can't resist|no longer like|don't drink|don't eat|never eat|never drink) "
                  + REST,
              NO_THING),
          of(
              LIKE,
              "like:$1",
              0.5,
              AM
                  + " (?:not )?"
                  + ADV
                  + "(?:a (?:big |huge |great |real )?fan of|into|fond of|crazy about"
                  + "|obsessed with|passionate about|keen on) "
                  + REST,
              NO_THING + "|a (?:wall|meeting|car)"));

  private LikeRules() {}
}

package dev.parley.memorysvc.recollection;

import static dev.parley.memorysvc.recollection.FactKind.OTHER;
import static dev.parley.memorysvc.recollection.FactKind.PLACE;
import static dev.parley.memorysvc.recollection.FactRule.of;
import static dev.parley.memorysvc.recollection.Wordings.ADV;
import static dev.parley.memorysvc.recollection.Wordings.AM;
import static dev.parley.memorysvc.recollection.Wordings.MONTH;
import static dev.parley.memorysvc.recollection.Wordings.REST;

import java.util.List;

/** Where and when somebody comes from and lives. */
final class PlaceRules {
  static final List<FactRule> ALL =
      List.of(
          of(
              PLACE,
              "home",
              0.8,
              "(?:i|we) "
                  + ADV
                  + "live(?: now)? (?:in|near|at|on|outside|outside of|close to|by|next to) "
                  + REST,
              "fear|hope|an? (?:dream|simulation|bubble|world|lie)|the (?:moment|past|future|present|edge)"
                  + "|peace|constant|denial|my (?:head|own world)|interesting"),
          of(
              PLACE,
              "home",
              0.8,
              "(?:i|we|i've|i have|we've) " + ADV + "moved (?:here )?to " + REST,
              "tears|the (?:next|other|back|front|left|right|kitchen|sofa|bedroom|garden)|another|a different (?:topic|table)"),
          of(
              PLACE,
              "home",
              0.8,
              AM + " " + ADV + "(?:based|living) in " + REST,
              "fear|hope|a dream|the (?:moment|past)|denial"),
          of(
              PLACE,
              "origin",
              0.7,
              "(?:" + AM + "|i come) " + ADV + "from " + REST,
              "the future|time to|there|here|work|home|a different|school|mars"),
          of(
              OTHER,
              "birthday",
              0.8,
              "(?:my birthday(?: is|'s)(?: on| in)?|i was born on) " + REST,
              "coming|over|ruined|not|soon|today|my|a|near"),
          of(OTHER, "born", 0.6, "i was born in ((?:" + MONTH + " )?\\d{4}|" + MONTH + ".*)", ""),
          of(
              PLACE,
              "birthplace",
              0.7,
              "i was born(?: and raised)? in " + REST,
              "the wrong|a hurry"),
          of(
              PLACE,
              "childhood",
              0.6,
              "i (?:grew up|was raised) (?:in|on|near|by) " + REST,
              "a (?:hurry|minute)|fear"),
          of(PLACE, "lived:$1", 0.4, "i used to live (?:in|near|on) " + REST, "fear"));

  private PlaceRules() {}
}

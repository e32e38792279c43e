package dev.parley.memorysvc.recollection;

import static dev.parley.memorysvc.recollection.FactKind.OTHER;
import static dev.parley.memorysvc.recollection.FactRule.of;
import static dev.parley.memorysvc.recollection.Wordings.ADV;
import static dev.parley.memorysvc.recollection.Wordings.AM;
import static dev.parley.memorysvc.recollection.Wordings.REST;

import java.util.List;

/** What somebody is: by work, health, age, language. */
final class BeingRules {
  static final List<FactRule> ALL =
      List.of(
          of(
              OTHER,
              "allergic:$1",
              0.9,
              AM + " (?:\\w+ly )?allergic to " + REST,
              "you|this|that|work|mondays"),
          of(
              OTHER,
              "diet",
              0.8,
              AM
                  + " (?:an? )?(?:strict )?(vegan|vegetarian|pescatarian|lactose intolerant"
                  + "|gluten intolerant|coeliac|celiac)",
              ""),
          of(
              OTHER,
              "health:$1",
              0.8,
              AM
                  + " (?:an? )?(diabetic|left-handed|left handed|colou?r-?blind|deaf|blind|dyslexic|asthmatic)",
              ""),
          of(
              OTHER,
              "status",
              0.7,
              AM
                  + " (?:happily |recently |newly )?((?:married|divorced|single|engaged|widowed)(?: to .+|"
                  + " with .+)?)",
              ""),
          of(
              OTHER,
              "work",
              0.6,
              AM + " (?:recently |now |happily )?(retired|unemployed|self-employed)",
              ""),
          of(
              OTHER,
              "age",
              0.6,
              AM
                  + " (\\d{1,3}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ]\\w+)?"
                  + "|eighteen|nineteen)(?: years old)?",
              ""),
          of(OTHER, "age", 0.6, "i (?:just )?turned (\\d{1,3}|\\w+ty(?:[- ]\\w+)?)(?: .+)?", ""),
          of(
              OTHER,
              "work",
              0.7,
              "i " + ADV + "work (?:as|at|for|in) " + REST,
              "it|this|that|you|progress|silence|the (?:dark|morning|evening|afternoon)|night|least|peace"),
          of(
              OTHER,
              "work",
              0.7,
              "my job is " + REST,
              "boring|hard|great|killing|stressful|done|not|fine|going|ok|okay|so|very"),
          of(
              OTHER,
              "study",
              0.6,
              "(?:i " + ADV + "study|" + AM + " studying) " + REST,
              "hard|a lot|late|all|for|at night|too|every"),
          of(
              OTHER,
              "speak:$1",
              0.5,
              "i "
                  + ADV
                  + "speak (?:fluent |good |some |a little |a bit of )?((?:english|french|german|spanish"
                  + "|portuguese|italian|dutch|swedish|norwegian|danish|finnish|polish|czech|russian|ukrainian"
                  + "|greek|turkish|arabic|hebrew|hindi|urdu|bengali|tamil|mandarin|cantonese|chinese"
                  + "|japanese|korean|vietnamese|thai|swahili|welsh|irish|latin|catalan).*)",
              ""));

  private BeingRules() {}
}

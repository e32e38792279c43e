package dev.parley.memorysvc.recollection;

import static dev.parley.memorysvc.recollection.FactKind.PLAN;
import static dev.parley.memorysvc.recollection.FactRule.of;
import static dev.parley.memorysvc.recollection.Wordings.DO;
import static dev.parley.memorysvc.recollection.Wordings.DOING;
import static dev.parley.memorysvc.recollection.Wordings.HAVE;
import static dev.parley.memorysvc.recollection.Wordings.REST;
import static dev.parley.memorysvc.recollection.Wordings.WE;
import static dev.parley.memorysvc.recollection.Wordings.WHEN;

import java.util.List;

/** What somebody is going to do. */
final class PlanRules {
  static final List<FactRule> ALL =
      List.of(
          of(
              PLAN,
              "",
              0.5,
              WE + " (?:planning to|planning on|planning|hoping to) " + REST,
              "it|that|be"),
          of(
              PLAN,
              "",
              0.5,
              WE + " (?:going to|gonna|about to) (" + DO + "\\b.*)",
              "see (?:if|what|you|about|how)|start (?:crying|over|again)|write (?:that|this|it)|run (?:now|out)"),
          of(
              PLAN,
              "",
              0.5,
              WE + " (?:going|gonna) (to .+ " + WHEN + ")",
              "to (?:be|bed|sleep|say|tell|ask)"),
          of(PLAN, "", 0.5, WE + " (" + DOING + ".* " + WHEN + ".*)", ""),
          of(
              PLAN,
              "",
              0.6,
              WE
                  + " (moving to .+|flying to .+|getting married.*|expecting a .+|learning .+"
                  + "|training for .+|saving (?:up )?for .+)",
              "moving to (?:the next|another)|learning (?:a lot|so much)"),
          of(
              PLAN,
              "",
              0.5,
              "(?:i'll|i will|we'll|we will) (.+ " + WHEN + ")",
              "be (?:back|there|late|right)|talk|call|tell|ask|see you|come back|try|let you|speak"),
          of(PLAN, "", 0.5, "i (?:plan|intend) (?:to|on) " + REST, "be|do nothing"),
          of(
              PLAN,
              "",
              0.5,
              "(?:i've|i have|we've|we have) (?:booked|signed up for|enrolled in|registered for) "
                  + REST,
              "it|that"),
          of(
              PLAN,
              "",
              0.5,
              "i want to (" + DO + "\\b.*)",
              "see (?:if|what|you|it)|start (?:over|again)|run away|write (?:that|this|it)"
                  + "|become (?:better)$"),
          of(
              PLAN,
              "",
              0.6,
              HAVE
                  + " (?:an?|my) (.*(?:exam|interview|appointment|wedding|flight|operation|surgery|concert"
                  + "|marathon|recital|test|trip|date|dentist)\\b.* "
                  + WHEN
                  + ")",
              ""),
          of(
              PLAN,
              "",
              0.6,
              "my ((?:\\w+ )?(?:exam|interview|appointment|wedding|flight|operation|surgery|concert|marathon"
                  + "|recital|trip|graduation|thesis) is (?:due )?"
                  + WHEN
                  + ".*)",
              ""));

  private PlanRules() {}
}

package dev.parley.memorysvc.recollection;

import static dev.parley.memorysvc.recollection.FactKind.LIKE;
import static dev.parley.memorysvc.recollection.FactKind.NAME;
import static dev.parley.memorysvc.recollection.FactKind.OTHER;
import static dev.parley.memorysvc.recollection.FactKind.PERSON;
import static dev.parley.memorysvc.recollection.FactKind.PLACE;
import static dev.parley.memorysvc.recollection.FactKind.PLAN;

import java.util.List;

/** The forms of English in which facts are recognised, the surest first. */
final class FactRules {
  private static final String AM = "(?:i'm|i am)";
  private static final String WE = "(?:i'm|i am|we're|we are)";
  private static final String HAVE = "(?:i have|i've got|i have got|we have|we've got)";
  private static final String ADV =
      "(?:(?:really|absolutely|just|also|do|always|still|actually|truly|totally|quite|currently|mostly"
          + "|usually|often|now|recently|finally|both|originally|only) )*";
  private static final String NAMES = "([\\p{L}][\\p{L}'-]+(?: [\\p{L}][\\p{L}'-]+){0,2})";
  private static final String REST = "(.{2,})";
  private static final String RELATION =
      "((?:(?:older|younger|little|big|elder|best|twin|eldest|youngest|oldest|late|old|half|new) )*"
          + "(?:step)?(?:sister|brother|wife|husband|mother|mom|mum|father|dad|son|daughter|partner"
          + "|girlfriend|boyfriend|fianc[e\u00e9]e?|grandmother|grandma|grandfather|grandpa|granny|aunt"
          + "|uncle|cousin|niece|nephew|friend|boss|colleague|neighbou?r|roommate|flatmate|teacher|dog"
          + "|cat|horse|parrot|rabbit|hamster|kid|child|baby))";
  private static final String RELATIVES =
      "((?:(?:older|younger|little|big|elder|best|twin|half) )*(?:step)?(?:sisters?|brothers?|sons?"
          + "|daughters?|kids?|children|cousins?|nieces?|nephews?|grandchildren|siblings|twins|dogs?"
          + "|cats?|horses?|parrots?|rabbits?|hamsters?|wife|husband|girlfriend|boyfriend|partner))";
  private static final String COUNT = "(?:a|an|one|two|three|four|five|six|seven|several|no|\\d+)";
  private static final String DAY = "(?:mon|tues|wednes|thurs|fri|satur|sun)days?";
  private static final String MONTH =
      "(?:january|february|march|april|may|june|july|august|september|october|november|december)";
  private static final String WHEN =
      "(?:tomorrow|tonight|next \\w+|this (?:weekend|summer|winter|spring|autumn|fall|evening|afternoon"
          + "|week|month|year|"
          + DAY
          + ")|on (?:"
          + DAY
          + "|the \\w+|"
          + MONTH
          + ")|in (?:"
          + MONTH
          + "|\\d+ \\w+|an? (?:week|month|year|hour|few \\w+)|(?:two|three|four|five|six) \\w+"
          + "|the (?:summer|winter|spring|autumn|fall))|over christmas|at christmas|soon)";
  private static final String DO =
      "(?:move|travel|visit|fly|learn|study|marry|buy|sell|start|run|write|retire|quit|apply|train|see"
          + "|open|build|paint|cycle|hike|climb|adopt|propose|graduate|publish|record|become|get married"
          + "|take up|sign up)";
  private static final String DOING =
      "(?:moving|flying|travelling|traveling|getting married|retiring|starting|visiting|learning"
          + "|training|saving|studying|writing a|building a|expecting|adopting)";
  private static final String NO_THING =
      "it|that|this|these|those|you|your|yours|him|her|them|us|how|what|when|where|why|who|which|here"
          + "|there|to (?:think|say|know|be|see you|hear|talk|ask|believe)|talking|the (?:way|idea|fact|sound of"
          + "|look|thought)|being|myself|everything|everyone|nothing|one|both|all of|his|their|its|an? lot";

  static final List<FactRule> ALL =
      List.of(
          // Names.
          rule(
              NAME,
              "name",
              0.9,
              "my (?:full |first |real )?name(?: is|'s) " + NAMES,
              "not|a|an|the|on|in|what|hard|difficult|unusual|short|long|very|too|easy|common|rare"
                  + "|spelled|spelt|pronounced|wrong|written|also|for|at|nothing|none|no"),
          rule(
              NAME,
              "name",
              0.9,
              "(?:(?:you can|please|just|everyone|everybody|people|my friends|friends|they)"
                  + "(?: all)? )?calls? me ([\\p{L}][\\p{L}'-]+)",
              "later|back|tomorrow|when|if|a|the|crazy|old|tonight|maybe|on|at|in|after|soon|again"
                  + "|stupid|whatever|anything|names|now|today|an|lazy|by|what|it|that|lucky"),
          rule(NAME, "name", 0.9, AM + " (?:called|named) " + NAMES, "after|the|a"),
          // People.
          rule(
              PERSON,
              "person:$1:name",
              0.7,
              "my " + RELATION + "(?:'s name(?: is|'s)| is called| is named|'s called) " + NAMES,
              "not|after|a|the"),
          rule(
              PERSON,
              "have:$1:$2",
              0.7,
              HAVE
                  + " "
                  + COUNT
                  + " (?:\\w+ )?"
                  + RELATIVES
                  + "(?: (?:who is|who's|that is))? "
                  + "(?:called|named) "
                  + NAMES,
              "after"),
          rule(PERSON, "count:$1", 0.7, HAVE + " " + COUNT + " " + RELATIVES + "(?: and .+)?", ""),
          rule(
              PERSON,
              "person:$1 $2:$3",
              0.7,
              "my "
                  + RELATION
                  + "( (?!who|and|or|is|has|in|at|on|with|from|always|never|just|used)[\\p{L}]{2,})?"
                  + " ((?:lives?|works?|studies|stud(?:y)|keeps?|plays?|teaches|speaks?|loves?|hates?|likes?|collects?"
                  + "|runs?|owns?|breeds?|comes from|grew up|was born|is from|died|passed away|"
                  + "is (?:married|allergic|an?|vegan|vegetarian|retired|pregnant|\\d{1,3}))"
                  + "(?: .+)?)",
              "is an? (?:bit|little|lot|pain|mess|problem|long story)|runs? (?:late|out|away)|is \\d+ (?:minutes?"
                  + "|hours?|miles?|kilomet)|works? (?:fine|well)|plays? (?:along|up|dead)|keeps? (?:asking|telling|saying)"
                  + "|(?:loves?|likes?|hates?) (?:it|this|that|you|me)"),
          rule(
              PERSON,
              "person:$1 $2:has",
              0.6,
              "my "
                  + RELATION
                  + "( [\\p{L}]{2,})? has (?:"
                  + COUNT
                  + "|green|blue|brown|red|dark|blond) "
                  + REST,
              "cold|headache|problem|question|point|meeting|fever|day|bad|moment|minute|lot|bit"),
          rule(
              PERSON,
              "",
              0.6,
              AM
                  + " (?:the|a) (?:proud )?(?:mother|father|mom|mum|dad|parent|grandmother|grandfather) of "
                  + REST,
              "all"),
          // Places.
          rule(
              PLACE,
              "home",
              0.8,
              "(?:i|we) "
                  + ADV
                  + "live(?: now)? (?:in|near|at|on|outside|outside of|close to|by|next to) "
                  + REST,
              "fear|hope|an? (?:dream|simulation|bubble|world|lie)|the (?:moment|past|future|present|edge)"
                  + "|peace|constant|denial|my (?:head|own world)|interesting"),
          rule(
              PLACE,
              "home",
              0.8,
              "(?:i|we|i've|i have|we've) " + ADV + "moved (?:here )?to " + REST,
              "tears|the (?:next|other|back|front|left|right|kitchen|sofa|bedroom|garden)|another|a different (?:topic|table)"),
          rule(
              PLACE,
              "home",
              0.8,
              AM + " " + ADV + "(?:based|living) in " + REST,
              "fear|hope|a dream|the (?:moment|past)|denial"),
          rule(
              PLACE,
              "origin",
              0.7,
              "(?:" + AM + "|i come) " + ADV + "from " + REST,
              "the future|time to|there|here|work|home|a different|school|mars"),
          rule(
              OTHER,
              "birthday",
              0.8,
              "(?:my birthday(?: is|'s)(?: on| in)?|i was born on) " + REST,
              "coming|over|ruined|not|soon|today|my|a|near"),
          rule(OTHER, "born", 0.6, "i was born in ((?:" + MONTH + " )?\\d{4}|" + MONTH + ".*)", ""),
          rule(
              PLACE,
              "birthplace",
              0.7,
              "i was born(?: and raised)? in " + REST,
              "the wrong|a hurry"),
          rule(
              PLACE,
              "childhood",
              0.6,
              "i (?:grew up|was raised) (?:in|on|near|by) " + REST,
              "a (?:hurry|minute)|fear"),
          rule(PLACE, "lived:$1", 0.4, "i used to live (?:in|near|on) " + REST, "fear"),
          // What they are.
          rule(
              OTHER,
              "allergic:$1",
              0.9,
              AM + " (?:\\w+ly )?allergic to " + REST,
              "you|this|that|work|mondays"),
          rule(
              OTHER,
              "diet",
              0.8,
              AM
                  + " (?:an? )?(?:strict )?(vegan|vegetarian|pescatarian|lactose intolerant"
                  + "|gluten intolerant|coeliac|celiac)",
              ""),
          rule(
              OTHER,
              "health:$1",
              0.8,
              AM
                  + " (?:an? )?(diabetic|left-handed|left handed|colou?r-?blind|deaf|blind|dyslexic|asthmatic)",
              ""),
          rule(
              OTHER,
              "status",
              0.7,
              AM
                  + " (?:happily |recently |newly )?((?:married|divorced|single|engaged|widowed)(?: to .+|"
                  + " with .+)?)",
              ""),
          rule(
              OTHER,
              "work",
              0.6,
              AM + " (?:recently |now |happily )?(retired|unemployed|self-employed)",
              ""),
          rule(
              OTHER,
              "age",
              0.6,
              AM
                  + " (\\d{1,3}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ]\\w+)?"
                  + "|eighteen|nineteen)(?: years old)?",
              ""),
          rule(OTHER, "age", 0.6, "i (?:just )?turned (\\d{1,3}|\\w+ty(?:[- ]\\w+)?)(?: .+)?", ""),
          rule(
              OTHER,
              "work",
              0.7,
              "i " + ADV + "work (?:as|at|for|in) " + REST,
              "it|this|that|you|progress|silence|the (?:dark|morning|evening|afternoon)|night|least|peace"),
          rule(
              OTHER,
              "work",
              0.7,
              "my job is " + REST,
              "boring|hard|great|killing|stressful|done|not|fine|going|ok|okay|so|very"),
          rule(
              OTHER,
              "study",
              0.6,
              "(?:i " + ADV + "study|" + AM + " studying) " + REST,
              "hard|a lot|late|all|for|at night|too|every"),
          rule(
              OTHER,
              "speak:$1",
              0.5,
              "i "
                  + ADV
                  + "speak (?:fluent |good |some |a little |a bit of )?((?:english|french|german|spanish"
                  + "|portuguese|italian|dutch|swedish|norwegian|danish|finnish|polish|czech|russian|ukrainian"
                  + "|greek|turkish|arabic|hebrew|hindi|urdu|bengali|tamil|mandarin|cantonese|chinese"
                  + "|japanese|korean|vietnamese|thai|swahili|welsh|irish|latin|catalan).*)",
              ""),
          // Likes.
          rule(
              LIKE,
              "favourite:$1",
              0.6,
              "my (?:all-time )?favou?rite ([\\p{L} ]{2,30}?)(?:is|are|'s) " + REST,
              "not|it|you|that|this|what"),
          rule(
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
          rule(
              LIKE,
              "like:$1",
              0.5,
              AM
                  + " (?:not )?"
                  + ADV
                  + "(?:a (?:big |huge |great |real )?fan of|into|fond of|crazy about"
                  + "|obsessed with|passionate about|keen on) "
                  + REST,
              NO_THING + "|a (?:wall|meeting|car)"),
          // Plans.
          rule(
              PLAN,
              "",
              0.5,
              WE + " (?:planning to|planning on|planning|hoping to) " + REST,
              "it|that|be"),
          rule(
              PLAN,
              "",
              0.5,
              WE + " (?:going to|gonna|about to) (" + DO + "\\b.*)",
              "see (?:if|what|you|about|how)|start (?:crying|over|again)|write (?:that|this|it)|run (?:now|out)"),
          rule(
              PLAN,
              "",
              0.5,
              WE + " (?:going|gonna) (to .+ " + WHEN + ")",
              "to (?:be|bed|sleep|say|tell|ask)"),
          rule(PLAN, "", 0.5, WE + " (" + DOING + ".* " + WHEN + ".*)", ""),
          rule(
              PLAN,
              "",
              0.6,
              WE
                  + " (moving to .+|flying to .+|getting married.*|expecting a .+|learning .+"
                  + "|training for .+|saving (?:up )?for .+)",
              "moving to (?:the next|another)|learning (?:a lot|so much)"),
          rule(
              PLAN,
              "",
              0.5,
              "(?:i'll|i will|we'll|we will) (.+ " + WHEN + ")",
              "be (?:back|there|late|right)|talk|call|tell|ask|see you|come back|try|let you|speak"),
          rule(PLAN, "", 0.5, "i (?:plan|intend) (?:to|on) " + REST, "be|do nothing"),
          rule(
              PLAN,
              "",
              0.5,
              "(?:i've|i have|we've|we have) (?:booked|signed up for|enrolled in|registered for) "
                  + REST,
              "it|that"),
          rule(
              PLAN,
              "",
              0.5,
              "i want to (" + DO + "\\b.*)",
              "see (?:if|what|you|it)|start (?:over|again)|run away|write (?:that|this|it)"
                  + "|become (?:better)$"),
          rule(
              PLAN,
              "",
              0.6,
              HAVE
                  + " (?:an?|my) (.*(?:exam|interview|appointment|wedding|flight|operation|surgery|concert"
                  + "|marathon|recital|test|trip|date|dentist)\\b.* "
                  + WHEN
                  + ")",
              ""),
          rule(
              PLAN,
              "",
              0.6,
              "my ((?:\\w+ )?(?:exam|interview|appointment|wedding|flight|operation|surgery|concert|marathon"
                  + "|recital|trip|graduation|thesis) is (?:due )?"
                  + WHEN
                  + ".*)",
              ""),
          // What they have and do.
          rule(
              OTHER,
              "play:$1",
              0.5,
              "i " + ADV + "play (?:the )?" + REST,
              "a (?:role|part|character|trick)|games with|along|it|dead|with|you|safe|around"),
          rule(
              OTHER,
              "have:$1",
              0.5,
              "(?:"
                  + HAVE
                  + "|i (?:own|"
                  + ADV
                  + "drive|"
                  + ADV
                  + "ride)) (?:an?|my own|two|three|\\d+) ((?:\\w+ )?(?:"
                  + "car|bike|bicycle|motorbike|motorcycle|guitar|piano|violin|garden|house|boat|shop|company"
                  + "|farm|restaurant|caf[e\u00e9]|bakery|cottage|van|truck|tractor|telescope|phd|degree|blog"
                  + "|podcast|beehives?|greenhouse|tattoo|business)\\b.*)",
              ""),
          rule(
              OTHER,
              "",
              0.5,
              "i "
                  + ADV
                  + "(?:collect|keep|grow|volunteer|teach|coach|breed|restore|repair|brew) "
                  + REST,
              "it|that|quiet|calm|going|up|on|my (?:word|promise|mouth)|asking|telling|forgetting|thinking"
                  + "|saying|losing|getting|doing|making|seeing|coming|in touch|tired|you|myself|wondering|you"),
          rule(
              OTHER,
              "",
              0.4,
              "i "
                  + ADV
                  + "((?:run|swim|cycle|jog|meditate|practi[sc]e|cook|read|paint|write|train|walk|go"
                  + "|wake up|get up|dance|sing|hike|climb|surf|ski|fish|bake|knit|work out|drink|eat|do)\\b.*"
                  + "(?:every (?:single )?(?:day|morning|evening|night|week|weekend|month|year|summer|winter|"
                  + DAY
                  + "|\\w+ \\w+)|on (?:"
                  + DAY
                  + "|weekends)|at (?:night|weekends)|in the (?:mornings?|evenings?)"
                  + "|(?:once|twice|three times) a (?:day|week|month|year)).*)",
              "go (?:away|back|on)"));

  private FactRules() {}

  private static FactRule rule(
      FactKind kind, String slot, double importance, String form, String refused) {
    return FactRule.of(kind, slot, importance, form, refused);
  }
}

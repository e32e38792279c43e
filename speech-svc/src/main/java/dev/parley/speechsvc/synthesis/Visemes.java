package dev.parley.speechsvc.synthesis;

import java.util.ArrayList;
import java.util.List;

/** Mouth shapes of the CMU phones; a diphthong glides through two. */
public final class Visemes {

  private static final double GLIDE_AT = 0.6;

  private Visemes() {}

  /** Shapes for the phones, in order and without gaps. */
  public static List<Viseme> of(List<Phone> phones) {
    var visemes = new ArrayList<Viseme>(phones.size());
    for (var phone : phones) {
      var symbol = phone.symbol();
      var from = onset(symbol);
      var to = glide(symbol, from);
      long turn = phone.startUs() + Math.round((phone.endUs() - phone.startUs()) * GLIDE_AT);
      if (from == to) {
        visemes.add(new Viseme(from, symbol, phone.startUs(), phone.endUs()));
      } else {
        visemes.add(new Viseme(from, symbol, phone.startUs(), turn));
        visemes.add(new Viseme(to, symbol, turn, phone.endUs()));
      }
    }
    return List.copyOf(visemes);
  }

  private static VisemeShape onset(String phone) {
    return switch (phone) {
      case "p", "b", "m" -> VisemeShape.PP;
      case "f", "v" -> VisemeShape.FF;
      case "th", "dh" -> VisemeShape.TH;
      case "t", "d" -> VisemeShape.DD;
      case "k", "g", "ng", "hh" -> VisemeShape.KK;
      case "ch", "jh", "sh", "zh" -> VisemeShape.CH;
      case "s", "z" -> VisemeShape.SS;
      case "n", "l" -> VisemeShape.NN;
      case "r", "er" -> VisemeShape.RR;
      case "aa", "ae", "ah", "ax", "ay", "aw" -> VisemeShape.AA;
      case "eh", "ey" -> VisemeShape.E;
      case "ih", "iy", "y" -> VisemeShape.IH;
      case "ao", "ow", "oy" -> VisemeShape.OH;
      case "uh", "uw", "w" -> VisemeShape.OU;
      default -> VisemeShape.SIL;
    };
  }

  private static VisemeShape glide(String phone, VisemeShape onset) {
    return switch (phone) {
      case "ay", "ey", "oy" -> VisemeShape.IH;
      case "aw", "ow" -> VisemeShape.OU;
      default -> onset;
    };
  }
}

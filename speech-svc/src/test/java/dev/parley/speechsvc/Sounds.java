package dev.parley.speechsvc;

import dev.parley.kit.concurrent.NativePool;
import dev.parley.speechsvc.flite.FliteSynthesizer;
import dev.parley.speechsvc.synthesis.PhraseCutter;
import dev.parley.speechsvc.synthesis.Prosody;
import dev.parley.speechsvc.synthesis.SpokenPhrase;
import java.util.Arrays;
import java.util.Random;

/** Sounds that tests are made of: 16 kHz, mono; levels are RMS in decibels below full scale. */
public final class Sounds {

  public static final int RATE_HZ = 16_000;
  private static final NativePool NATIVES = new NativePool("sounds", 2, 256);
  private static final FliteSynthesizer FLITE = new FliteSynthesizer();

  private Sounds() {}

  /** A phrase as a voice says it. */
  public static SpokenPhrase phrase(String text, String voice) {
    return FLITE.speak(new PhraseCutter(text).next(), voice, Prosody.PLAIN, RATE_HZ);
  }

  public static short[] speech(String text, String voice, double dbfs) {
    return at(phrase(text, voice).audio().samples(), dbfs);
  }

  public static short[] silence(double seconds) {
    return new short[(int) (seconds * RATE_HZ)];
  }

  /** Noise as of a fan: white, through one pole at 800 Hz. */
  public static short[] noise(double seconds, double dbfs, long seed) {
    var random = new Random(seed);
    var out = new double[(int) (seconds * RATE_HZ)];
    double last = 0;
    for (int i = 0; i < out.length; i++) {
      last += 0.27 * (random.nextGaussian() - last);
      out[i] = last;
    }
    return at(out, dbfs);
  }

  /** Plucked chords over a beat: harmonics that die away, four chords a round, a drum each half. */
  public static short[] music(double seconds, double dbfs, long seed) {
    double[][] chords = {
      {220, 277.2, 329.6}, {196, 246.9, 293.7}, {174.6, 220, 261.6}, {164.8, 207.7, 246.9}
    };
    var random = new Random(seed);
    var out = new double[(int) (seconds * RATE_HZ)];
    for (int i = 0; i < out.length; i++) {
      double t = (double) i / RATE_HZ;
      double since = t % 0.5;
      for (double f : chords[(int) (t / 0.5) % 4]) {
        for (int h = 1; h <= 6; h++) {
          out[i] += Math.sin(2 * Math.PI * f * h * t) * Math.exp(-since * (2 + h)) / h;
        }
      }
      out[i] += since < 0.05 ? random.nextGaussian() * (0.05 - since) * 20 : 0;
    }
    return at(out, dbfs);
  }

  public static short[] mixed(short[] a, short[] b) {
    var out = new short[Math.max(a.length, b.length)];
    for (int i = 0; i < out.length; i++) {
      int sum = (i < a.length ? a[i] : 0) + (i < b.length ? b[i] : 0);
      out[i] = (short) Math.clamp(sum, Short.MIN_VALUE, Short.MAX_VALUE);
    }
    return out;
  }

  public static short[] joined(short[]... parts) {
    var out = new short[Arrays.stream(parts).mapToInt(p -> p.length).sum()];
    int at = 0;
    for (var part : parts) {
      System.arraycopy(part, 0, out, at, part.length);
      at += part.length;
    }
    return out;
  }

  private static short[] at(short[] samples, double dbfs) {
    var out = new double[samples.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = samples[i];
    }
    return at(out, dbfs);
  }

  private static short[] at(double[] samples, double dbfs) {
    double sum = 0;
    for (double s : samples) {
      sum += s * s;
    }
    double factor = 32768 * Math.pow(10, dbfs / 20) / Math.sqrt(sum / samples.length);
    var out = new short[samples.length];
    for (int i = 0; i < out.length; i++) {
      out[i] =
          (short) Math.clamp(Math.round(samples[i] * factor), Short.MIN_VALUE, Short.MAX_VALUE);
    }
    return out;
  }
}

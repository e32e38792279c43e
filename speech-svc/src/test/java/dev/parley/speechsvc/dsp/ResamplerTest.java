package dev.parley.speechsvc.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplerTest {

  @ParameterizedTest
  @CsvSource({
    "8000,16000",
    "11025,16000",
    "16000,24000",
    "22050,16000",
    "44100,16000",
    "48000,16000",
    "24000,48000",
    "48000,8000",
    "13900,24000",
    "44099,16000"
  })
  void aToneKeepsItsTimeAndLevel(int in, int out) {
    var result = Resampler.convert(tone(1000, in, in), out);
    assertThat(result.samples().length).isCloseTo(out, within(1));
    double worst = 0;
    for (int i = 500; i < result.samples().length - 500; i++) {
      double ideal = 10_000 * Math.sin(2 * Math.PI * 1000.0 * i / out);
      worst = Math.max(worst, Math.abs(result.samples()[i] - ideal));
    }
    assertThat(worst).isLessThan(60);
  }

  @Test
  void whatTheLowerRateCannotHoldIsGone() {
    var result = Resampler.convert(tone(10_000, 48_000, 48_000), 16_000).samples();
    assertThat(Levels.rms(result, 500, result.length - 500)).isLessThan(10);
  }

  @Test
  void piecesGiveWhatTheWholeGives() {
    var tone = tone(440, 44_100, 20_000);
    var whole = Resampler.convert(tone, 16_000).bytes();
    var resampler = new Resampler(44_100, 16_000);
    var pieces = new ByteArrayOutputStream();
    for (int at = 0, step = 1; at < 20_000; at += step, step = step * 3 % 701 + 1) {
      var piece = Arrays.copyOfRange(tone.samples(), at, Math.min(20_000, at + step));
      pieces.writeBytes(new Pcm(resampler.push(piece), 16_000).bytes());
    }
    pieces.writeBytes(new Pcm(resampler.flush(), 16_000).bytes());
    assertThat(pieces.toByteArray()).isEqualTo(whole);
  }

  private static Pcm tone(double hz, int rate, int count) {
    var samples = new short[count];
    for (int i = 0; i < count; i++) {
      samples[i] = (short) Math.round(10_000 * Math.sin(2 * Math.PI * hz * i / rate));
    }
    return new Pcm(samples, rate);
  }
}

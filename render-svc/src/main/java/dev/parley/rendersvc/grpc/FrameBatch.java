package dev.parley.rendersvc.grpc;

import dev.parley.render.v1.AnimateResponse;
import dev.parley.render.v1.Frames;
import dev.parley.rendersvc.face.FaceFrame;
import dev.parley.rendersvc.face.HeadPose;

/** Frames gathered into messages of at most half a second. */
final class FrameBatch {
  private Frames.Builder frames = Frames.newBuilder();

  void add(FaceFrame frame) {
    if (frames.getFrameCount() == 0) {
      frames.setStartUs(frame.mediaTimeUs());
    }
    for (float weight : frame.weights()) {
      frames.addWeights(weight);
    }
    HeadPose head = frame.head();
    frames.addHead((float) Math.toRadians(head.pitchDeg()));
    frames.addHead((float) Math.toRadians(head.yawDeg()));
    frames.addHead((float) Math.toRadians(head.rollDeg()));
    frames.addHead(head.xM()).addHead(head.yM()).addHead(head.zM());
    frames.setFrameCount(frames.getFrameCount() + 1);
  }

  int size() {
    return frames.getFrameCount();
  }

  AnimateResponse take() {
    AnimateResponse response = AnimateResponse.newBuilder().setFrames(frames).build();
    frames = Frames.newBuilder();
    return response;
  }
}

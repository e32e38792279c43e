import { Vector3, type Material, type WebGLProgramParametersWithUniforms } from 'three';

/** Uniforms shared by every material of one avatar. */
export interface HeadUniforms {
  /** Where the neck bends, metres. */
  readonly pivot: { value: Vector3 };
  /** Height below which nothing turns, and above which all of it does, metres. */
  readonly neck: { value: [number, number] };
  /** Pitch, yaw, roll, radians. */
  readonly turn: { value: Vector3 };
  /** Shift, metres. */
  readonly shift: { value: Vector3 };
  /** Breath, -1 to 1. */
  readonly breath: { value: number };
}

/** Turns a vertex with the head: `headWeight` of its place at rest, `headMove`, `headRotate`. */
export const HEAD_GLSL = /* glsl */ `
uniform vec3 headPivot; uniform vec2 headNeck; uniform vec3 headTurn; uniform vec3 headShift;
uniform float headBreath; uniform float headShare;
float headWeight(vec3 p) { return headShare * smoothstep(headNeck.x, headNeck.y, p.y); }
vec3 headRotate(vec3 v, float w) {
  vec3 s = sin(headTurn * w), c = cos(headTurn * w);
  v = vec3(v.x * c.z - v.y * s.z, v.x * s.z + v.y * c.z, v.z);
  v = vec3(v.x, v.y * c.x - v.z * s.x, v.y * s.x + v.z * c.x);
  return vec3(v.x * c.y + v.z * s.y, v.y, -v.x * s.y + v.z * c.y);
}
vec3 headMove(vec3 p, float w) {
  vec3 q = headPivot + headRotate(p - headPivot, w) + headShift * w;
  float chest = 1.0 - smoothstep(headNeck.x - 0.06, headNeck.y, p.y);
  return q + headBreath * vec3(0.0, 0.0011, 0.0013) * chest;
}`;

/**
 * Makes a material turn with the head: the whole head rigidly, the neck softly, the shoulders not
 * (`share` 0). Works on the vertex after the blendshapes, shadows included.
 */
export function turnWithHead(material: Material, uniforms: HeadUniforms, share: number): void {
  const before = material.onBeforeCompile.bind(material);
  material.onBeforeCompile = (shader, renderer) => {
    before(shader, renderer);
    bind(shader, uniforms, share);
    shader.vertexShader = shader.vertexShader
      .replace('#include <common>', `#include <common>\n${HEAD_GLSL}`)
      .replace('#include <morphnormal_vertex>', '#include <morphnormal_vertex>\n objectNormal = headRotate(objectNormal, headWeight(position));')
      .replace('#include <morphtarget_vertex>', '#include <morphtarget_vertex>\n transformed = headMove(transformed, headWeight(position));');
  };
  material.customProgramCacheKey = () => `head-${material.type}-${material.name}`;
}

/** The uniforms by the names the functions know. */
export function headNamed(u: HeadUniforms, share: number): Record<string, { value: unknown }> {
  return { headPivot: u.pivot, headNeck: u.neck, headTurn: u.turn, headShift: u.shift, headBreath: u.breath, headShare: { value: share } };
}

function bind(shader: WebGLProgramParametersWithUniforms, u: HeadUniforms, share: number): void {
  Object.assign(shader.uniforms, headNamed(u, share));
}

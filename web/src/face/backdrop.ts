import { Mesh, PlaneGeometry, ShaderMaterial, Vector3, Vector4, type Material, type WebGLProgramParametersWithUniforms } from 'three';
import { channels, type Atmosphere } from './atmosphere';

/** Uniforms of the backdrop, in display colours (sRGB, no tone mapping). */
export interface BackdropUniforms {
  readonly top: { value: Vector3 };
  readonly low: { value: Vector3 };
  readonly glow: { value: Vector3 };
  /** Middle of the rings (x, y from the lower left), their unit, and the height; pixels. */
  readonly place: { value: Vector4 };
  /** Loudness of who speaks, 0 to 1. */
  readonly voice: { value: number };
}

/**
 * A wall with three rings of light behind the head. `.face` in the style sheet draws the same while
 * the model loads: change both.
 */
const GRADIENT = /* glsl */ `
uniform vec3 backdropTop; uniform vec3 backdropLow; uniform vec3 backdropGlow;
uniform vec4 backdropPlace; uniform float backdropVoice;
vec3 backdrop(vec2 pixel) {
  vec3 wall = mix(backdropLow, backdropTop, pixel.y / backdropPlace.w);
  float d = length(pixel - backdropPlace.xy) / backdropPlace.z;
  float edge = 1.0 / backdropPlace.z;
  float low = smoothstep(0.0, 0.42, pixel.y / backdropPlace.w) * (1.0 + 0.35 * backdropVoice);
  float outer = 1.0 - smoothstep(-edge, edge, d - 0.90 - 0.055 * backdropVoice);
  float middle = 1.0 - smoothstep(-edge, edge, d - 0.66 - 0.030 * backdropVoice);
  float inner = 1.0 - smoothstep(-edge, edge, d - 0.47 - 0.010 * backdropVoice);
  wall = mix(wall, backdropGlow, 0.16 * outer * low);
  wall = mix(wall, backdropGlow, 0.24 * middle * low);
  wall = mix(wall, backdropGlow, 0.34 * inner * low);
  float noise = fract(sin(dot(pixel, vec2(12.9898, 78.233))) * 43758.5453) - 0.5;
  return wall + noise / 255.0;
}`;

export function backdropUniforms(): BackdropUniforms {
  return {
    top: { value: new Vector3() }, low: { value: new Vector3() }, glow: { value: new Vector3() },
    place: { value: new Vector4(0, 0, 1, 1) }, voice: { value: 0 },
  };
}

export function paint(uniforms: BackdropUniforms, colours: Pick<Atmosphere, 'top' | 'low' | 'glow'>): void {
  uniforms.top.value.set(...channels(colours.top));
  uniforms.low.value.set(...channels(colours.low));
  uniforms.glow.value.set(...channels(colours.glow));
}

/** Drawn first, behind everything. */
export function backdropMesh(uniforms: BackdropUniforms): Mesh {
  const material = new ShaderMaterial({
    uniforms: named(uniforms),
    vertexShader: 'void main() { gl_Position = vec4(position.xy, 1.0, 1.0); }',
    fragmentShader: `${GRADIENT}\nvoid main() { gl_FragColor = vec4(backdrop(gl_FragCoord.xy), 1.0); }`,
    depthTest: false,
    depthWrite: false,
    toneMapped: false,
  });
  const mesh = new Mesh(new PlaneGeometry(2, 2), material);
  mesh.frustumCulled = false;
  mesh.renderOrder = -1000;
  return mesh;
}

/** Lets shoulders melt into the backdrop where the model ends (metres from the middle, height). */
export function fadeShoulders(material: Material, uniforms: BackdropUniforms, floor: number): void {
  const before = material.onBeforeCompile.bind(material);
  material.onBeforeCompile = (shader, renderer) => {
    before(shader, renderer);
    bind(shader, uniforms, floor);
    shader.vertexShader = shader.vertexShader
      .replace('#include <common>', '#include <common>\nvarying vec3 vBust;')
      .replace('#include <begin_vertex>', '#include <begin_vertex>\n vBust = position;');
    shader.fragmentShader = shader.fragmentShader
      .replace('#include <common>', `#include <common>\n${GRADIENT}\nvarying vec3 vBust; uniform float bustFloor;`)
      .replace(
        '#include <dithering_fragment>',
        `#include <dithering_fragment>
         float bust = (1.0 - smoothstep(0.17, 0.285, abs(vBust.x))) * smoothstep(bustFloor, bustFloor + 0.09, vBust.y);
         gl_FragColor.rgb = mix(backdrop(gl_FragCoord.xy), gl_FragColor.rgb, bust);`,
      );
  };
}

function bind(shader: WebGLProgramParametersWithUniforms, u: BackdropUniforms, floor: number): void {
  Object.assign(shader.uniforms, named(u));
  shader.uniforms.bustFloor = { value: floor };
}

function named(u: BackdropUniforms): Record<string, { value: unknown }> {
  return { backdropTop: u.top, backdropLow: u.low, backdropGlow: u.glow, backdropPlace: u.place, backdropVoice: u.voice };
}

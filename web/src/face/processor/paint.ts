import {
  CustomBlending, DataTexture, DoubleSide, Mesh, NoColorSpace, OneFactor, OneMinusSrcAlphaFactor, ShaderMaterial, SrcAlphaFactor, Vector3,
  ZeroFactor, type BufferGeometry, type MeshStandardMaterial, type Texture,
} from 'three';
import { HEAD_GLSL, headNamed, type HeadUniforms } from '../head-shader';
import { direction, LAMPS, radiance } from '../lights';
import { MIRROR, ROOM } from './shading';

/** Surfaces smoother than this mirror the lamps at every pixel: the eyes. */
const SMOOTH = 0.2;

const VERTEX = /* glsl */ `
${HEAD_GLSL}
${ROOM}
uniform vec3 lampAt[4]; uniform vec3 lampLight[4]; uniform vec3 tint; uniform float rough; uniform float f0; uniform float alpha2; uniform float specular;
attribute vec4 open; attribute vec2 rest;
varying vec2 vUv; varying vec3 vLight; varying float vShine;
#ifdef GLOSSY
varying vec3 vNormal; varying vec3 vEye;
#endif
#ifdef FADING
varying vec2 vBust;
#endif
${MIRROR}
float share(float facing) {
  float base = 1.0 - rough, t = 1.0 - facing, edge = t * t * t;
  float a = min(base * base, edge * edge) * base - 0.0275 * rough + 0.0425;
  return f0 * (-1.04 * a + 1.04 - 0.572 * rough) + specular * max(0.0, 1.04 * a - 0.04 + 0.022 * rough);
}
void main() {
  float w = headWeight(vec3(0.0, rest.x, 0.0));
  vec4 place = modelMatrix * vec4(headMove(position, w), 1.0);
  vec3 n = normalize(mat3(modelMatrix) * headRotate(normal, w));
  vec3 e = normalize(cameraPosition - place.xyz);
#ifdef TWO_SIDED
  n = dot(n, e) < 0.0 ? -n : n;
#endif
  float facing = max(0.02, dot(n, e));
  vec3 light = vec3(open.w * roomMatt(n));
  float shine = open.w * roomMirrored(2.0 * facing * n - e) * share(facing);
  vec4 arrives = vec4(open.x, 1.0, open.yz);
  for (int i = 0; i < 4; i++) {
    float slope = max(0.0, dot(n, lampAt[i]));
    light += lampLight[i] * (arrives[i] * slope);
#ifndef GLOSSY
    shine += slope > 0.0 ? lampLight[i].g * arrives[i] * mirrored(n, e, lampAt[i], slope, facing) : 0.0;
#endif
  }
  vUv = uv;
  vLight = light * tint * rest.y;
  vShine = shine * rest.y;
#ifdef GLOSSY
  vNormal = n; vEye = e;
#endif
#ifdef FADING
  vBust = position.xy;
#endif
  gl_Position = projectionMatrix * viewMatrix * place;
}`;

/** Khronos' neutral tone mapping, and sRGB by Chilliant's fit without powers. */
const FRAGMENT = /* glsl */ `
uniform sampler2D map;
varying vec2 vUv; varying vec3 vLight; varying float vShine;
#ifdef CUT
uniform float cut;
#endif
#ifdef GLOSSY
uniform vec3 lampAt[4]; uniform vec3 lampLight[4]; uniform float f0; uniform float alpha2;
varying vec3 vNormal; varying vec3 vEye;
${MIRROR}
#endif
#ifdef FADING
uniform float bustFloor;
varying vec2 vBust;
#endif
vec3 toScreen(vec3 c) {
  float low = min(c.r, min(c.g, c.b));
  c -= low < 0.08 ? low - 6.25 * low * low : 0.04;
  float peak = max(c.r, max(c.g, c.b));
  float pressed = peak < 0.76 ? peak : 1.0 - 0.0576 / (peak - 0.52);
  c = mix(vec3(pressed), c * (pressed / max(peak, 1e-5)), 1.0 / (0.15 * (peak - pressed) + 1.0));
  vec3 s1 = sqrt(max(c, 0.0)), s2 = sqrt(s1);
  return 0.585122381 * s1 + 0.783140355 * s2 - 0.368262736 * sqrt(s2);
}
void main() {
  vec4 c = texture2D(map, vUv);
#ifdef CUT
  if (c.a < cut) discard;
#endif
  float shine = vShine;
#ifdef GLOSSY
  vec3 n = normalize(vNormal), e = normalize(vEye);
  float facing = max(0.05, dot(n, e));
  for (int i = 0; i < 2; i++) {
    float slope = dot(n, lampAt[i]);
    if (slope > 0.0) shine += min(1.0, lampLight[i].g * mirrored(n, e, lampAt[i], slope, facing));
  }
#endif
  vec3 own = c.rgb * (c.rgb * (c.rgb * 0.305306011 + 0.682171111) + 0.012522878);
#ifdef FADING
  c.a = (1.0 - smoothstep(0.17, 0.285, abs(vBust.x))) * smoothstep(bustFloor, bustFloor + 0.09, vBust.y);
#endif
  gl_FragColor = vec4(toScreen(own * vLight + shine), c.a);
#ifdef FADING
  gl_FragColor.rgb *= c.a;
#elif defined(GLOSSY)
  gl_FragColor.a = 0.98; // marked for the smoothing
#elif defined(SOLID)
  gl_FragColor.a = 1.0;
#endif
}`;

/** How a part is painted besides what its material says. */
export interface Manner {
  /** Mean roughness, 0 mirror to 1 matt. */
  readonly roughness: number;
  /** Share with which it turns with the head. */
  readonly share: number;
  /** Height where it has faded out, metres, if it fades. */
  readonly floor?: number;
  /** Whether what is painted has no holes, whatever the material says. */
  readonly whole?: boolean;
}

/**
 * The look of a part for a processor that draws: light at the vertices (the meshes are dense), and
 * one look into one texture at a pixel. Comes near to the material it is made of. Colours come
 * multiplied by alpha.
 */
export function paintOf(material: MeshStandardMaterial, head: HeadUniforms, { roughness, share, floor, whole }: Manner): ShaderMaterial {
  const specular = (material as { specularIntensity?: number }).specularIntensity ?? 1;
  const rough = Math.max(0.05, roughness);
  const cut = material.alphaTest > 0 && !whole;
  return new ShaderMaterial({
    name: material.name, vertexShader: VERTEX, fragmentShader: FRAGMENT, side: material.side, toneMapped: false,
    transparent: material.transparent, depthWrite: material.depthWrite,
    ...(material.transparent && { // lashes and brows lie on what is there
      blending: CustomBlending, blendSrc: SrcAlphaFactor, blendDst: OneMinusSrcAlphaFactor, blendSrcAlpha: ZeroFactor, blendDstAlpha: OneFactor,
    }),
    uniforms: {
      ...headNamed(head, share),
      map: { value: plain(material.map) },
      lampAt: { value: LAMPS.map(direction) }, lampLight: { value: LAMPS.map(radiance) },
      tint: { value: new Vector3(material.color.r, material.color.g, material.color.b) },
      rough: { value: rough }, alpha2: { value: rough ** 4 }, f0: { value: 0.04 * specular }, specular: { value: specular },
      cut: { value: material.alphaTest }, bustFloor: { value: floor ?? 0 },
    },
    defines: {
      ...(material.side === DoubleSide && { TWO_SIDED: '' }), ...(cut && { CUT: '' }),
      ...(rough < SMOOTH && { GLOSSY: '' }), ...(floor !== undefined && { FADING: '' }),
      ...(!material.transparent && { SOLID: '' }),
    },
  });
}

/** Hides what is behind it and shows nothing. */
export function mask(geometry: BufferGeometry): Mesh {
  const mesh = new Mesh(geometry, new ShaderMaterial({
    vertexShader: 'void main() { gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0); }',
    fragmentShader: 'void main() { gl_FragColor = vec4(0.0); }',
    side: DoubleSide, colorWrite: false, toneMapped: false,
  }));
  mesh.frustumCulled = false;
  mesh.renderOrder = -2;
  return mesh;
}

/** Bytes as they stand in the file: they are mixed as the screen's, and cost no conversion. */
function plain(texture: Texture | null): Texture {
  const made = texture ?? new DataTexture(Uint8Array.of(255, 255, 255, 255), 1, 1);
  made.colorSpace = NoColorSpace;
  made.anisotropy = 1;
  made.needsUpdate = true;
  return made;
}

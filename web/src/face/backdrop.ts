import { Color, Mesh, PlaneGeometry, ShaderMaterial, Vector2, Vector3, type Material, type WebGLProgramParametersWithUniforms } from 'three';

/** Uniforms of the backdrop, in display colours (sRGB, no tone mapping). */
export interface BackdropUniforms {
  readonly middle: { value: Vector3 };
  readonly edge: { value: Vector3 };
  readonly size: { value: Vector2 };
}

const GRADIENT = /* glsl */ `
uniform vec3 backdropMiddle; uniform vec3 backdropEdge; uniform vec2 backdropSize;
vec3 backdrop(vec2 pixel) {
  vec2 p = (pixel - vec2(0.5, 0.56) * backdropSize) / max(backdropSize.y, 1.0);
  float d = length(p * vec2(0.85, 1.0));
  float noise = fract(sin(dot(pixel, vec2(12.9898, 78.233))) * 43758.5453) - 0.5;
  return mix(backdropMiddle, backdropEdge, smoothstep(0.05, 0.78, d)) + noise / 255.0;
}`;

export function backdropUniforms(): BackdropUniforms {
  return { middle: { value: new Vector3() }, edge: { value: new Vector3() }, size: { value: new Vector2(1, 1) } };
}

/** Sets the colours; the edge is the page's own, so that the stage has no border. */
export function paint(uniforms: BackdropUniforms, middle: string, edge: string): void {
  for (const [target, css] of [[uniforms.middle.value, middle], [uniforms.edge.value, edge]] as const) {
    const c = new Color(css).convertLinearToSRGB();
    target.set(c.r, c.g, c.b);
  }
}

/** A soft light behind the person, drawn first. */
export function backdropMesh(uniforms: BackdropUniforms): Mesh {
  const material = new ShaderMaterial({
    uniforms: { backdropMiddle: uniforms.middle, backdropEdge: uniforms.edge, backdropSize: uniforms.size },
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
  shader.uniforms.backdropMiddle = u.middle;
  shader.uniforms.backdropEdge = u.edge;
  shader.uniforms.backdropSize = u.size;
  shader.uniforms.bustFloor = { value: floor };
}

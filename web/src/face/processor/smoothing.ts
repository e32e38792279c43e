import { LinearFilter, Mesh, OrthographicCamera, PlaneGeometry, Scene, ShaderMaterial, Vector2, WebGLRenderTarget, type Camera, type Texture, type WebGLRenderer } from 'three';

/**
 * Fast approximate anti-aliasing (Timothy Lottes, 2009) of colours multiplied by their alpha: mixes
 * along the edges of what was drawn. Four samples a pixel would cost a processor more than all the rest.
 */
const FRAGMENT = /* glsl */ `
uniform sampler2D map; uniform vec2 dot1;
varying vec2 vUv;
// What is empty differs from everything.
float luma(vec4 c) { return dot(c.rgb, vec3(0.3, 0.6, 0.1)) + 2.0 * (1.0 - c.a); }
void main() {
  vec2 across = vec2(dot1.x, -dot1.y);
  vec4 here = texture2D(map, vUv);
  vec4 a = texture2D(map, vUv - dot1), b = texture2D(map, vUv + dot1), c = texture2D(map, vUv + across), d = texture2D(map, vUv - across);
  gl_FragColor = here;
  float around = a.a + b.a + c.a + d.a;
  if (around + here.a == 0.0) return;
  // A hair thinner than a dot, and a hole as small.
  if (around < 0.5 || (around > 2.5 && here.a < 0.5)) {
    gl_FragColor = here.a < 0.5 ? 0.25 * (a + b + c + d) : 0.1 * here;
    return;
  }
  // Inside the eyes, whose small rounds would be squares: marked by their alpha.
  if (here.a < 0.99 && around < 3.93 && around > 3.9) {
    gl_FragColor.a = 1.0;
    return;
  }
  float m = luma(here), sw = luma(a), ne = luma(b), se = luma(c), nw = luma(d);
  float least = min(m, min(min(nw, ne), min(sw, se))), most = max(m, max(max(nw, ne), max(sw, se)));
  if (most - least < max(0.1, 0.2 * min(most, 1.0))) return;
  // At right angles to the slope.
  vec2 along = vec2((sw + se) - (nw + ne), (ne + se) - (nw + sw));
  float few = max((nw + ne + sw + se) * 0.03125, 0.0078125);
  along = clamp(along / (min(abs(along.x), abs(along.y)) + few), -6.0, 6.0) * dot1;
  vec4 near = 0.5 * (texture2D(map, vUv - along / 6.0) + texture2D(map, vUv + along / 6.0));
  vec4 far = 0.5 * near + 0.25 * (texture2D(map, vUv - 0.5 * along) + texture2D(map, vUv + 0.5 * along));
  float l = luma(far);
  gl_FragColor = l < least || l > most ? near : far;
}`;

/** Draws scenes to a canvas without samples, and smooths them. */
export class Smoothing {
  private readonly target = new WebGLRenderTarget(1, 1, { minFilter: LinearFilter, magFilter: LinearFilter });
  private readonly material = new ShaderMaterial({
    vertexShader: 'varying vec2 vUv; void main() { vUv = uv; gl_Position = vec4(position.xy, 0.0, 1.0); }',
    fragmentShader: FRAGMENT, depthTest: false, depthWrite: false, toneMapped: false,
    uniforms: { map: { value: this.target.texture as Texture }, dot1: { value: new Vector2() } },
  });
  private readonly pass = new Scene();
  private readonly eye = new OrthographicCamera();

  constructor(private readonly renderer: WebGLRenderer) {
    const sheet = new Mesh(new PlaneGeometry(2, 2), this.material);
    sheet.frustumCulled = false;
    this.pass.add(sheet);
  }

  render(scene: Scene, camera: Camera): void {
    const { width, height } = this.renderer.domElement;
    this.target.setSize(width, height);
    (this.material.uniforms.dot1!.value as Vector2).set(1 / width, 1 / height);
    this.renderer.setRenderTarget(this.target);
    this.renderer.render(scene, camera);
    this.renderer.setRenderTarget(null);
    this.renderer.render(this.pass, this.eye);
  }

  dispose(): void {
    this.target.dispose();
    this.material.dispose();
  }
}

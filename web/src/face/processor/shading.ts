/**
 * The room as a polynomial of the direction: irradiance over pi, and what a surface of middling
 * roughness mirrors of it. The same numbers as `Studio` of the server's rasteriser has.
 */
export const ROOM = /* glsl */ `
float roomMatt(vec3 d) {
  float even = 0.5726 + 0.0338 * d.x * d.y + 0.1697 * d.y * d.z + 0.1691 * d.z * d.z;
  float odd = 0.3383 * d.y + 0.3103 * d.z + 0.0519 * d.x;
  return max(0.0, 0.96 * (even + odd - 0.0561 * d.x * d.z - 0.0495 * (d.x * d.x - d.y * d.y)));
}
float roomMirrored(vec3 d) {
  float even = 0.933 + 0.062 * d.x * d.y + 0.647 * d.y * d.z + 0.87 * d.z * d.z;
  float odd = 0.087 * d.x + 0.656 * d.y + 0.409 * d.z;
  return max(0.0, 0.6 * (even + odd - 0.237 * d.x * d.z - 0.163 * (d.x * d.x - d.y * d.y)));
}`;

/** GGX with Schlick's Fresnel and Smith's correlated visibility; lamps carry 1/pi. */
export const MIRROR = /* glsl */ `
float mirrored(vec3 n, vec3 e, vec3 l, float slope, float facing) {
  vec3 h = normalize(e + l);
  float nh = dot(n, h);
  float d = nh * nh * (alpha2 - 1.0) + 1.0;
  float smith = slope * sqrt(alpha2 + (1.0 - alpha2) * facing * facing) + facing * sqrt(alpha2 + (1.0 - alpha2) * slope * slope);
  float away = 1.0 - dot(l, h);
  float far = away * away;
  float fresnel = f0 + (1.0 - f0) * far * far * away * min(1.0, f0 * 25.0);
  return slope * fresnel * alpha2 * 0.5 / (d * d * (smith + 1e-6));
}`;

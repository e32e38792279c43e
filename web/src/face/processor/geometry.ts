import { BufferAttribute, InterleavedBufferAttribute, type BufferGeometry } from 'three';

/** Gives a geometry what the rest counts on: an index, normals, texture coordinates, each in an array of its own. */
export function complete(geometry: BufferGeometry): void {
  for (const name of ['position', 'normal', 'uv']) {
    const attribute = geometry.getAttribute(name);
    if (attribute instanceof InterleavedBufferAttribute) geometry.setAttribute(name, attribute.clone());
  }
  const count = geometry.getAttribute('position').count;
  if (!geometry.index) geometry.setIndex(new BufferAttribute(Uint32Array.from({ length: count }, (_, i) => i), 1));
  if (!geometry.getAttribute('normal')) geometry.computeVertexNormals();
  if (!geometry.getAttribute('uv')) geometry.setAttribute('uv', new BufferAttribute(new Float32Array(2 * count), 2));
}

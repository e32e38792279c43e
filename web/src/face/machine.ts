let known: boolean | undefined;

/**
 * Whether this browser draws WebGL by the processor, having no graphics card. Asked of a picture of
 * its own, since a context says so only when it is made, with smooth edges or without.
 */
export function isDrawnByProcessor(): boolean {
  known ??= ask();
  return known;
}

function ask(): boolean {
  const gl = document.createElement('canvas').getContext('webgl2');
  const info = gl?.getExtension('WEBGL_debug_renderer_info');
  const name = info ? String(gl!.getParameter(info.UNMASKED_RENDERER_WEBGL)) : '';
  gl?.getExtension('WEBGL_lose_context')?.loseContext();
  return /swiftshader|llvmpipe|softpipe|software|basic render/i.test(name);
}

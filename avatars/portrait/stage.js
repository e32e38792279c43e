// Light and camera of the portraits: a soft warm key from the upper left, a cool fill, two rims.
import * as THREE from 'three';
import { RoomEnvironment } from 'three/addons/environments/RoomEnvironment.js';
import { GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';

const CAMERA_DISTANCE_M = 1.15;
const size = Number(new URLSearchParams(location.search).get('size') ?? 512);
const canvas = document.getElementById('canvas');
const renderer = new THREE.WebGLRenderer({ canvas, antialias: true, preserveDrawingBuffer: true });
renderer.setSize(size, size, false);
renderer.toneMapping = THREE.NeutralToneMapping;
renderer.shadowMap.enabled = true;

const scene = new THREE.Scene();
scene.background = new THREE.Color(0x39424e);
scene.environment = new THREE.PMREMGenerator(renderer).fromScene(new RoomEnvironment(), 0.04).texture;
scene.environmentIntensity = 0.6;
const camera = new THREE.PerspectiveCamera(18, 1, 0.05, 10);

function light(colour, intensity, from, face, shadow) {
  const lamp = new THREE.DirectionalLight(colour, intensity);
  lamp.position.set(...face.map((c, i) => c + from[i]));
  lamp.target.position.set(...face);
  if (shadow) {
    lamp.castShadow = true;
    lamp.shadow.mapSize.set(shadow, shadow);
    Object.assign(lamp.shadow.camera, { left: -0.32, right: 0.32, top: 0.32, bottom: -0.32, near: 0.2, far: 4 });
    Object.assign(lamp.shadow, { bias: -0.0006, normalBias: 0.003, radius: 5, intensity: 0.75 });
  }
  scene.add(lamp, lamp.target);
}

function pose(root, weights) {
  root.traverse((o) => {
    for (const [name, index] of Object.entries(o.morphTargetDictionary ?? {})) {
      o.morphTargetInfluences[index] = weights[name] ?? 0;
    }
  });
}

/** Draws one avatar and returns a PNG data URL. */
window.drawPortrait = async (url, weights) => {
  const gltf = await new GLTFLoader().loadAsync(url);
  const face = gltf.parser.json.scenes[0].extras.faceCenter;
  gltf.scene.traverse((o) => {
    if (!o.isMesh) return;
    o.frustumCulled = false;
    o.castShadow = !/eyes|brows|lashes/.test(o.name);
    o.receiveShadow = true;
    if (o.material.map) o.material.map.anisotropy = 8;
    o.material.alphaToCoverage = o.material.alphaTest > 0;
  });
  scene.add(gltf.scene);
  light(0xfff1e2, 2.1, [-0.7, 0.9, 1.4], face, 2048);
  light(0xdfe9ff, 0.9, [1.4, 0.2, 1.2], face, 0);
  light(0xffffff, 1.5, [0.9, 0.9, -1.3], face, 1024);
  light(0xcfe0ff, 0.8, [-1.2, 0.5, -1.2], face, 1024);
  pose(gltf.scene, weights);
  const [x, y, z] = face;
  camera.position.set(x + 0.06, y + 0.02, z + CAMERA_DISTANCE_M);
  camera.lookAt(x, y + 0.004, z - 0.06);
  renderer.render(scene, camera);
  return canvas.toDataURL('image/png');
};

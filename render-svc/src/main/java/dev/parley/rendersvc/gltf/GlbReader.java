package dev.parley.rendersvc.gltf;

import de.javagl.jgltf.model.AccessorData;
import de.javagl.jgltf.model.AccessorDatas;
import de.javagl.jgltf.model.AccessorFloatData;
import de.javagl.jgltf.model.AccessorIntData;
import de.javagl.jgltf.model.AccessorModel;
import de.javagl.jgltf.model.AccessorShortData;
import de.javagl.jgltf.model.GltfModel;
import de.javagl.jgltf.model.MeshModel;
import de.javagl.jgltf.model.MeshPrimitiveModel;
import de.javagl.jgltf.model.NodeModel;
import de.javagl.jgltf.model.io.GltfModelReader;
import de.javagl.jgltf.model.v2.MaterialModelV2;
import dev.parley.rendersvc.avatar.Avatar;
import dev.parley.rendersvc.avatar.MeshPart;
import dev.parley.rendersvc.avatar.MorphTarget;
import dev.parley.rendersvc.face.Blendshapes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Reads one {@code .glb} whose meshes name their morph targets in {@code extras.targetNames}. */
final class GlbReader {
  private final String id;
  private final MaterialReader materials = new MaterialReader();

  GlbReader(String id) {
    this.id = id;
  }

  Avatar read(Path file) throws IOException {
    GltfModel model = new GltfModelReader().read(file.toUri());
    List<MeshPart> parts = new ArrayList<>();
    for (NodeModel node : model.getNodeModels()) {
      for (MeshModel mesh : node.getMeshModels()) {
        parts.add(part(node.getName(), mesh));
      }
    }
    float[] center = center(model);
    return new Avatar(id, List.copyOf(parts), center[0], center[1], center[2]);
  }

  private static float[] center(GltfModel model) {
    float[] center = {0, .635f, .113f};
    if (model.getSceneModels().getFirst().getExtras() instanceof Map<?, ?> extras
        && extras.get("faceCenter") instanceof List<?> given
        && given.size() == 3) {
      for (int i = 0; i < 3; i++) {
        center[i] = ((Number) given.get(i)).floatValue();
      }
    }
    return center;
  }

  private MeshPart part(String name, MeshModel mesh) throws IOException {
    MeshPrimitiveModel primitive = mesh.getMeshPrimitiveModels().getFirst();
    Map<String, AccessorModel> attributes = primitive.getAttributes();
    float[] positions = floats(attributes.get("POSITION"));
    return new MeshPart(
        name,
        positions,
        floats(attributes.get("NORMAL")),
        floats(attributes.get("TEXCOORD_0")),
        shades(attributes.get("COLOR_0"), positions.length / 3),
        indices(primitive.getIndices()),
        materials.read((MaterialModelV2) primitive.getMaterialModel()),
        morphs(mesh, primitive));
  }

  private static List<MorphTarget> morphs(MeshModel mesh, MeshPrimitiveModel primitive) {
    List<MorphTarget> morphs = new ArrayList<>();
    List<Map<String, AccessorModel>> targets = primitive.getTargets();
    List<?> names =
        mesh.getExtras() instanceof Map<?, ?> extras
                && extras.get("targetNames") instanceof List<?> l
            ? l
            : List.of();
    for (int i = 0; i < Math.min(targets.size(), names.size()); i++) {
      String name = String.valueOf(names.get(i));
      if (Blendshapes.contains(name)) {
        float[] moves = floats(targets.get(i).get("POSITION"));
        float[] turns = floats(targets.get(i).get("NORMAL"));
        morphs.add(sparse(Blendshapes.index(name), moves, turns));
      }
    }
    return List.copyOf(morphs);
  }

  private static MorphTarget sparse(int blendshape, float[] moves, float[] turns) {
    int[] vertices = new int[moves.length / 3];
    float[] positions = new float[moves.length];
    float[] normals = new float[moves.length];
    int n = 0;
    for (int v = 0; v < moves.length; v += 3) {
      float size = 0;
      for (int k = 0; k < 3; k++) {
        size += Math.abs(moves[v + k]) * 500 + Math.abs(turns[v + k]);
      }
      if (size > 1e-3f) {
        System.arraycopy(moves, v, positions, 3 * n, 3);
        System.arraycopy(turns, v, normals, 3 * n, 3);
        vertices[n++] = v / 3;
      }
    }
    return new MorphTarget(
        blendshape,
        Arrays.copyOf(vertices, n),
        Arrays.copyOf(positions, 3 * n),
        Arrays.copyOf(normals, 3 * n));
  }

  private static float[] shades(AccessorModel colors, int vertices) {
    float[] shades = new float[vertices];
    Arrays.fill(shades, 1);
    if (colors != null) {
      float[] rgb = floats(colors);
      int width = rgb.length / vertices;
      for (int v = 0; v < vertices; v++) {
        shades[v] = rgb[v * width];
      }
    }
    return shades;
  }

  private static int[] indices(AccessorModel accessor) {
    int[] indices = new int[accessor.getCount()];
    switch (data(accessor)) {
      case AccessorShortData shorts -> Arrays.setAll(indices, i -> shorts.getInt(i, 0));
      case AccessorIntData ints -> Arrays.setAll(indices, i -> ints.get(i, 0));
      default -> throw new IllegalArgumentException("indices (expected 16 or 32 bits)");
    }
    return indices;
  }

  private static float[] floats(AccessorModel accessor) {
    AccessorFloatData data = (AccessorFloatData) data(accessor);
    int width = data.getNumComponentsPerElement();
    float[] values = new float[data.getNumElements() * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = data.get(i / width, i % width);
    }
    return values;
  }

  /** jgltf-model 2.0.4 hands out no data for sparse accessors until it is made from their view. */
  private static AccessorData data(AccessorModel accessor) {
    AccessorData data = accessor.getAccessorData();
    return data != null
        ? data
        : AccessorDatas.create(accessor, accessor.getBufferViewModel().getBufferViewData());
  }
}

package dev.parley.rendersvc.gltf;

import de.javagl.jgltf.model.TextureModel;
import de.javagl.jgltf.model.v2.MaterialModelV2;
import dev.parley.rendersvc.avatar.Material;
import dev.parley.rendersvc.avatar.Texture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;

/** Materials and their pictures; a picture used twice is decoded once. */
final class MaterialReader {
  private static final int GL_REPEAT = 10497;

  private final Map<TextureModel, Texture> textures = new HashMap<>();

  Material read(MaterialModelV2 model) throws IOException {
    Optional<Texture> normal = texture(model.getNormalTexture());
    Optional<Texture> surface = texture(model.getMetallicRoughnessTexture());
    return new Material(
        texture(model.getBaseColorTexture()).orElseGet(MaterialReader::white),
        normal,
        normal.isPresent() ? model.getNormalScale() : 0,
        surface,
        model.getRoughnessFactor(),
        specular(model),
        Material.Alpha.valueOf(model.getAlphaMode().name()),
        model.getAlphaCutoff(),
        model.isDoubleSided());
  }

  private static float specular(MaterialModelV2 model) {
    if (model.getExtensions() instanceof Map<?, ?> all
        && all.get("KHR_materials_specular") instanceof Map<?, ?> own
        && own.get("specularFactor") instanceof Number factor) {
      return factor.floatValue();
    }
    return 1;
  }

  private Optional<Texture> texture(TextureModel model) throws IOException {
    if (model == null) {
      return Optional.empty();
    }
    Texture known = textures.get(model);
    if (known == null) {
      known = decode(model);
      textures.put(model, known);
    }
    return Optional.of(known);
  }

  private static Texture decode(TextureModel model) throws IOException {
    ByteBuffer data = model.getImageModel().getImageData().duplicate();
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
    if (image == null) {
      throw new IOException("picture of an unknown kind (expected PNG or JPEG)");
    }
    int w = image.getWidth();
    int h = image.getHeight();
    boolean repeat = model.getWrapS() == null || model.getWrapS() == GL_REPEAT;
    return new Texture(w, h, image.getRGB(0, 0, w, h, null, 0, w), repeat);
  }

  private static Texture white() {
    int[] pixels = new int[16];
    java.util.Arrays.fill(pixels, -1);
    return new Texture(4, 4, pixels, true);
  }
}

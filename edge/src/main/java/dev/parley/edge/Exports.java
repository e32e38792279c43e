package dev.parley.edge;

import com.linecorp.armeria.common.QueryParams;
import dev.parley.conversation.v1.ExportMeRequest;
import dev.parley.conversation.v1.ExportMeResponse;
import dev.parley.conversation.v1.PrivacyServiceGrpc;
import dev.parley.memory.v1.ExportItemsRequest;
import dev.parley.memory.v1.RecollectionServiceGrpc;
import io.grpc.Channel;
import java.util.List;

/** Files that people take along. */
final class Exports {
  private Exports() {}

  /** {@code GET /v1/memories:export}: {@code {"items":[...]}}. */
  static ExportRoute<?, ?> memories(Channel channel) {
    return new ExportRoute<>(
        channel,
        RecollectionServiceGrpc.getExportItemsMethod(),
        Exports::items,
        "memories.json",
        List.of("items"),
        it -> new ExportRoute.Part("items", it.getItem()));
  }

  private static ExportItemsRequest items(QueryParams query) {
    String character = query.get("character_id", query.get("characterId", ""));
    return ExportItemsRequest.newBuilder().setCharacterId(character).build();
  }

  /**
   * {@code GET /v1/me:export}: {@code {"profile":[...],"conversations":[...],"memories":[...]}},
   * where a session's turns follow it.
   */
  static ExportRoute<?, ?> me(Channel channel) {
    return new ExportRoute<>(
        channel,
        PrivacyServiceGrpc.getExportMeMethod(),
        _ -> ExportMeRequest.getDefaultInstance(),
        "parley.json",
        List.of("profile", "conversations", "memories"),
        Exports::part);
  }

  private static ExportRoute.Part part(ExportMeResponse it) {
    return switch (it.getPieceCase()) {
      case PROFILE -> new ExportRoute.Part("profile", it.getProfile());
      case MEMORY -> new ExportRoute.Part("memories", it.getMemory());
      case SESSION, TURN, PIECE_NOT_SET -> new ExportRoute.Part("conversations", it);
    };
  }
}

package dev.parley.memorysvc.grpc;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import dev.parley.memory.v1.EmbedRequest;
import dev.parley.memory.v1.EmbedResponse;
import dev.parley.memory.v1.ForgetRequest;
import dev.parley.memory.v1.ForgetResponse;
import dev.parley.memory.v1.ListRecentTurnsRequest;
import dev.parley.memory.v1.ListRecentTurnsResponse;
import dev.parley.memory.v1.MemoryServiceGrpc;
import dev.parley.memory.v1.RecallRequest;
import dev.parley.memory.v1.RecallResponse;
import dev.parley.memory.v1.RememberRequest;
import dev.parley.memory.v1.RememberResponse;
import dev.parley.memory.v1.RerankRequest;
import dev.parley.memory.v1.RerankResponse;
import dev.parley.memory.v1.TokenOffsets;
import dev.parley.memory.v1.TokenizeRequest;
import dev.parley.memory.v1.TokenizeResponse;
import dev.parley.memorysvc.embedding.Reranker;
import dev.parley.memorysvc.embedding.Tokenizer;
import dev.parley.memorysvc.recollection.Recollection;
import dev.parley.memorysvc.recollection.RememberedTurn;
import dev.parley.memorysvc.recollection.Scope;
import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How memory is reached: translates between the contract and {@link Recollection}. */
public final class MemoryGrpc extends MemoryServiceGrpc.MemoryServiceImplBase {
  private static final int KEPT_AT_HAND = 20;
  private static final int RECALLED = 5;
  private static final int LISTED = 10;

  private final Recollection recollection;
  private final Tokenizer tokenizer;
  private final Optional<Reranker> reranker;
  private final InstantSource clock;

  /** Answers from a recollection; turns without a time get the clock's. */
  public MemoryGrpc(
      Recollection recollection,
      Tokenizer tokenizer,
      Optional<Reranker> reranker,
      InstantSource clock) {
    this.recollection = recollection;
    this.tokenizer = tokenizer;
    this.reranker = reranker;
    this.clock = clock;
  }

  @Override
  public void remember(RememberRequest request, StreamObserver<RememberResponse> answer) {
    Owner owner = owner(request.getOwner());
    RememberedTurn turn = Turns.turn(request.getTurn(), request.getCharacterId(), clock);
    int keep = orDefault(request.getShortTermLength(), KEPT_AT_HAND);
    List<String> made = recollection.remember(owner, ItemMessages.told(request, turn, keep));
    send(answer, RememberResponse.newBuilder().addAllMemoryIds(made).build());
  }

  @Override
  public void recall(RecallRequest request, StreamObserver<RecallResponse> answer) {
    Scope scope = Scope.of(owner(request.getOwner())).with(request.getCharacterId());
    if (!request.getExceptSessionId().isEmpty()) {
      scope = scope.except(request.getExceptSessionId());
    }
    RecallResponse.Builder response = RecallResponse.newBuilder();
    recollection
        .recall(scope, request.getQuery(), orDefault(request.getLimit(), RECALLED))
        .forEach(memory -> response.addMemories(Turns.memory(memory)));
    send(answer, response.build());
  }

  @Override
  public void listRecentTurns(
      ListRecentTurnsRequest request, StreamObserver<ListRecentTurnsResponse> answer) {
    ListRecentTurnsResponse.Builder response = ListRecentTurnsResponse.newBuilder();
    recollection
        .recent(
            owner(request.getOwner()),
            request.getSessionId(),
            orDefault(request.getLimit(), LISTED))
        .forEach(turn -> response.addTurns(Turns.turn(turn)));
    send(answer, response.build());
  }

  @Override
  public void forget(ForgetRequest request, StreamObserver<ForgetResponse> answer) {
    Scope scope = Scope.of(owner(request.getOwner())).only(Set.copyOf(request.getMemoryIdsList()));
    if (!request.getCharacterId().isEmpty()) {
      scope = scope.with(request.getCharacterId());
    }
    if (!request.getSessionId().isEmpty()) {
      scope = scope.in(request.getSessionId());
    }
    Recollection.Forgotten gone = recollection.forget(scope);
    send(
        answer,
        ForgetResponse.newBuilder()
            .setMemories(gone.memories())
            .setRecentTurns(gone.recentTurns())
            .setEmbeddings(gone.embeddings())
            .build());
  }

  @Override
  public void embed(EmbedRequest request, StreamObserver<EmbedResponse> answer) {
    EmbedResponse.Builder response = EmbedResponse.newBuilder().setModel(recollection.model());
    recollection
        .embed(request.getTextsList())
        .forEach(vector -> response.addVectors(Turns.vector(vector)));
    send(answer, response.build());
  }

  @Override
  public void tokenize(TokenizeRequest request, StreamObserver<TokenizeResponse> answer) {
    TokenizeResponse.Builder response =
        TokenizeResponse.newBuilder().setMaxTokens(tokenizer.longest());
    for (int[] starts : tokenizer.starts(request.getTextsList())) {
      TokenOffsets.Builder offsets = TokenOffsets.newBuilder();
      for (int start : starts) {
        offsets.addStarts(start);
      }
      response.addTokens(offsets);
    }
    send(answer, response.build());
  }

  @Override
  public void rerank(RerankRequest request, StreamObserver<RerankResponse> answer) {
    RerankResponse.Builder response = RerankResponse.newBuilder();
    reranker.ifPresent(it ->
        response
            .setModel(it.model())
            .addAllScores(
                it.scores(
                    request.getQuery(), request.getTextsList(), Context.current()::isCancelled)));
    send(answer, response.build());
  }

  private static Owner owner(dev.parley.type.v1.Owner owner) {
    if (owner.getOrganisationId().isBlank() || owner.getPersonId().isBlank()) {
      throw Failure.invalid("owner", "blank (expected an organisation and a person)");
    }
    return new Owner(owner.getOrganisationId(), owner.getPersonId());
  }

  private static int orDefault(int value, int otherwise) {
    return value == 0 ? otherwise : value;
  }

  private static <T> void send(StreamObserver<T> answer, T message) {
    answer.onNext(message);
    answer.onCompleted();
  }
}

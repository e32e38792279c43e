package dev.parley.orchestrator.conversation;

import java.util.Set;

/**
 * What a turn answers to.
 *
 * @param fixedReply said as it is, without thinking (greeting, asking back); empty to think
 * @param paced whether media goes out as it is played
 * @param tiers what is wanted at least, besides what the attachments take
 */
public record TurnRequest(
    String turnId,
    String input,
    boolean spoken,
    String fixedReply,
    boolean paced,
    Set<Tier> tiers,
    String requestId) {}

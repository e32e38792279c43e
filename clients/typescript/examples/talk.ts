/**
 * Talk to a character: npm run talk -- [--door grpc|grpc-web|websocket|rest] [--base URL] [--key KEY] [CHARACTER].
 * Type a line to say it, an empty one to interrupt. The connection may break: the conversation goes on.
 */
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { Parley, ParleyError, type Conversation, type Door } from '../src/index.js';
import { Tier } from '../src/gen/parley/conversation/v1/event_pb.js';

/** Prints what is said, word by word as it is heard, and where an answer comes from. */
async function listen(conversation: Conversation, answered: () => void): Promise<void> {
  let answering = '';
  try {
    for (let said = await conversation.next(3_600_000); said; said = await conversation.next(3_600_000)) {
      const { event } = said;
      if (event.case === 'turnStarted' && event.value.inputText) answering = said.turnId;
      else if (event.case === 'wordSpoken') process.stdout.write(`${event.value.word} `);
      else if (event.case === 'citation') process.stdout.write(`[${event.value.title}] `);
      else if (event.case === 'interrupted') process.stdout.write('-- ');
      else if (event.case === 'turnCompleted') {
        process.stdout.write('\n');
        if (said.turnId === answering) answered();
      }
      if (event.case === 'problem') console.error(`(${event.value.message})`);
    }
  } catch (thrown) {
    const error = ParleyError.from(thrown);
    console.error(String(error), ...error.violations.map(({ field, description }) => `\n  ${field}: ${description}`));
    process.exit(1);
  }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    base: { type: 'string', default: 'http://localhost:8080' },
    door: { type: 'string', default: 'grpc' },
    key: { type: 'string', default: '' },
  },
});
const parley = new Parley(values.base!, values.key!);
const start = { characterId: positionals[0] ?? 'ada', tiers: [Tier.TEXT, Tier.AUDIO], greet: true };
const conversation = await parley.converse(start, values.door as Door);
let open = 0;
void listen(conversation, () => open--);
for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim()) {
    open++;
    await conversation.say(line.trim());
  } else {
    await conversation.interrupt();
  }
}
// Lets the last answer be heard when the input was a file.
for (let i = 0; open > 0 && i < 300; i++) await new Promise((resolve) => setTimeout(resolve, 200));
conversation.close();
process.exit(0);

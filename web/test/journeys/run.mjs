// node test/journeys/run.mjs JOURNEY ADDRESS: one journey over the page of a running Parley, in the
// real Chromium. Ends with 0 when it went well. A journey that needs the server stopped writes STOP
// or START as a line and waits for a line.
import * as talks from './journeys.mjs';
import * as accounts from './account.mjs';
import * as knowledge from './knowledge.mjs';

const journeys = { ...talks, ...knowledge, ...accounts };
const [name, url] = process.argv.slice(2);
const journey = journeys[name];
if (!journey || !url) {
  console.error(`expected a journey (${Object.keys(journeys).join(', ')}) and an address`);
  process.exit(2);
}
try {
  await journey(url);
  process.exit(0);
} catch (error) {
  console.error(error.stack ?? error);
  process.exit(1);
}

// Lays by-hand.yaml over what was generated from the contracts, and makes it read well: node merge.mjs GENERATED OUT MADE.
// MADE, the hash of its sources, goes into the first line.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const yaml = createRequire(new URL('../../web/package.json', import.meta.url))('yaml');
const [generated, out, made] = process.argv.slice(2);
const document = yaml.parse(readFileSync(generated, 'utf8'));
const { examples, ...hand } = yaml.parse(readFileSync(new URL('by-hand.yaml', import.meta.url), 'utf8'), { merge: true });

const REFUSED = { description: 'What was refused, and why', content: { 'application/json': { schema: { $ref: '#/components/schemas/Status' } } } };

function laid(below, above) {
  if (typeof below !== 'object' || typeof above !== 'object' || Array.isArray(above)) return above ?? below;
  const both = { ...below };
  for (const key of Object.keys(above)) both[key] = key in below ? laid(below[key], above[key]) : above[key];
  return both;
}

// Comments of the contracts are wrapped and may speak to a linter; here each paragraph is one line.
function flowed(text) {
  return text.replace(/^\s*buf:lint:ignore.*$/gm, '').trim().split(/\n\s*\n/).map((paragraph) => paragraph.replace(/\s*\n\s*/g, ' ').trim()).join('\n\n');
}

function walk(node) {
  if (node === null || typeof node !== 'object') return;
  if (typeof node.description === 'string' && !node.openapi) node.description = flowed(node.description);
  Object.values(node).forEach(walk);
}

function operation(it) {
  it.tags = it.tags.map((tag) => tag.replace(/Service$/, ''));
  const [, first, rest] = /^(.{1,90}?)\.(?:\s+(.*))?$/s.exec(it.description ?? '') ?? [];
  if (!it.summary && first) {
    it.summary = first;
    it.description = rest;
  }
  it.responses.default = { $ref: '#/components/responses/Refused' };
  const body = it.requestBody?.content['application/json'];
  if (body && examples[it.operationId]) body.example = examples[it.operationId];
}

walk(document.paths);
walk(document.components);
walk(document.tags);
const named = new Map(document.tags.map((tag) => [tag.name.replace(/Service$/, ''), tag.description]));
const tags = hand.tags.map((tag) => ({ name: tag.name, description: tag.description ?? named.get(tag.name) }));
const whole = laid(document, { ...hand, tags });
whole.components.responses = { Refused: REFUSED };
Object.values(whole.paths).flatMap(Object.values).forEach(operation);

// Parts in the order of the tags, paths by name.
const order = new Map(tags.map((tag, index) => [tag.name, index]));
const rank = ([, path]) => order.get(Object.values(path)[0].tags[0]);
whole.paths = Object.fromEntries(Object.entries(whole.paths).sort((a, b) => rank(a) - rank(b) || (a[0] < b[0] ? -1 : 1)));
const { openapi, info, security, paths, components } = whole;
const text = yaml.stringify({ openapi, info, security, tags, paths, components }, { lineWidth: 0, aliasDuplicateObjects: false });
writeFileSync(out, `# Made by edge/openapi/generate.sh from contracts and by-hand.yaml: ${made}\n${text}`);

import type { Duration } from '@bufbuild/protobuf/wkt';
import { RecalledKind, type Receipt, type Stage } from '../gen/parley/conversation/v1/turn_pb.js';

const NAMES: Record<string, string> = {
  listen: 'Listened', recall: 'Recalled', think: 'Thought', speak: 'Spoke', animate: 'Animated', remember: 'Remembered',
};

/** What is recalled is mostly an earlier turn, which goes without saying. */
const KINDS: Partial<Record<RecalledKind, string>> = { [RecalledKind.FACT]: 'fact, ', [RecalledKind.SUMMARY]: 'summary, ' };

/** ` · first sound 84 ms`, or nothing where there was no sound. */
export function firstSound(receipt: Receipt): string {
  return receipt.firstAudio ? ` · first sound ${Math.round(ms(receipt.firstAudio))} ms` : '';
}

/**
 * Where the time of a turn went: one bar a stage, on the time since the turn began. The axis ends a
 * little after every stage gave its first result; what goes on beside the voice runs over its edge.
 */
export function ReceiptView({ receipt }: { receipt: Receipt }) {
  const end = 1.25 * Math.max(1, ms(receipt.firstAudio), ms(receipt.firstFace), ...receipt.stages.map((s) => ms(s.start) + ms(s.firstResult ?? s.duration)));
  const stages = receipt.stages.toSorted((a, b) => ms(a.start) + ms(a.firstResult) - ms(b.start) - ms(b.firstResult));
  return (
    <div className="receipt">
      <dl className="figures">
        {receipt.firstAudio && <Figure name="first sound" value={`${Math.round(ms(receipt.firstAudio))} ms`} />}
        {receipt.firstFace && <Figure name="first movement" value={`${Math.round(ms(receipt.firstFace))} ms`} />}
        <Figure name="words heard" value={String(receipt.wordsHeard)} />
        {receipt.wordsCut > 0 && <Figure name="words cut" value={String(receipt.wordsCut)} />}
      </dl>
      <ol className="stages">
        {stages.map((stage, i) => <Bar key={i} stage={stage} end={end} />)}
      </ol>
      <p className="axis" aria-hidden="true"><span>0</span><span>{Math.round(end / 2).toLocaleString('en')}</span><span>{Math.round(end).toLocaleString('en')} ms</span></p>
      <Inputs receipt={receipt} />
      <p className="engines">{[receipt.thinker && `answered by ${receipt.thinker}`, receipt.voiceId && `voice ${receipt.voiceId}`].filter(Boolean).join(' · ')}</p>
    </div>
  );
}

function Inputs({ receipt }: { receipt: Receipt }) {
  return (
    <>
      {receipt.recalled.length > 0 && (
        <section>
          <h3>Recalled</h3>
          <ul>{receipt.recalled.map((r) => <li key={r.memoryId || r.text}>{r.text} <small>{KINDS[r.kind]}{Math.round(r.score * 100)} %</small></li>)}</ul>
        </section>
      )}
      {receipt.leftOut.length > 0 && (
        <section>
          <h3>Left out</h3>
          <ul>{receipt.leftOut.map((l, i) => <li key={i}>{l.part}: {l.cause}</li>)}</ul>
        </section>
      )}
    </>
  );
}

function Figure({ name, value }: { name: string; value: string }) {
  return <div><dt>{name}</dt><dd>{value}</dd></div>;
}

function Bar({ stage, end }: { stage: Stage; end: number }) {
  const start = ms(stage.start);
  const length = ms(stage.duration);
  const first = stage.firstResult ? ms(stage.firstResult) : undefined;
  const percent = (v: number): string => `${((v / end) * 100).toFixed(2)}%`;
  const title = `${stage.engine}${first === undefined ? '' : `, first result after ${Math.round(first)} ms`}`;
  return (
    <li title={title}>
      <span className="stage-name">{NAMES[stage.name] ?? stage.name}</span>
      <svg className="stage-bar" aria-hidden="true" preserveAspectRatio="none">
        <rect className="track" width="100%" height="100%" rx="4" />
        <rect className={`span ${stage.name}`} x={percent(start)} width={percent(Math.max(length, end * 0.006))} height="100%" rx="4" />
        {first !== undefined && first < length && <rect className="first" x={percent(start + first)} width="2" height="100%" />}
      </svg>
      <span className="stage-time" data-over={start + length > end}>{length < 1 ? '<1' : Math.round(length).toLocaleString('en')} ms</span>
    </li>
  );
}

function ms(d: Duration | undefined): number {
  return d ? Number(d.seconds) * 1000 + d.nanos / 1e6 : 0;
}

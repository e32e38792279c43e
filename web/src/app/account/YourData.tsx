import { useState } from 'react';
import { exportMine } from '../../api/export';
import { save } from '../../api/media';
import { Icon } from '../icons';
import { ForgetEverything } from '../memories/ForgetEverything';
import { Failed, Panel } from './Panel';
import { useTask } from './task';
import '../memories/memories.css';

/** What is kept of the person: to take along, and to have forgotten. */
export function YourData() {
  const [forgetting, setForgetting] = useState(false);
  const task = useTask();
  const take = (): void => void task.run(async () => save(new Blob([await exportMine()], { type: 'application/json' }), 'parley-my-data.json'));
  return (
    <Panel title="Your data" lead="Talks with every word and receipt, and what the characters remember of you. Take it along as one file, or have all of it forgotten.">
      <Failed>{task.failure}</Failed>
      <div className="edit-buttons">
        <button type="button" className="small" disabled={task.busy} aria-busy={task.busy} onClick={take}><Icon name="save" /> {task.busy ? 'Collecting…' : 'Export as JSON'}</button>
        <button type="button" className="small danger quiet" onClick={() => setForgetting(true)}>Forget everything…</button>
      </div>
      {forgetting && <ForgetEverything onClose={() => setForgetting(false)} onForgotten={() => setForgetting(false)} />}
    </Panel>
  );
}

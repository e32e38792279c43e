import type { Picked } from './files';

/** What is worth knowing about the files that were picked last. */
export class Remarks {
  private passedOver = '';
  private there: string[] = [];

  /** Files were picked; what was said of those before is done with. */
  picked({ files, passedOver }: Picked): string {
    this.passedOver = passedOverWords(files.length, passedOver);
    this.there = [];
    return this.passedOver;
  }

  /** One of them was kept already. */
  wasThere(name: string): string {
    this.there.push(name);
    return [this.passedOver, thereWords(this.there)].filter(Boolean).join(' ');
  }
}

function thereWords(names: readonly string[]): string {
  return names.length === 1 ? `“${names[0]}” is there already.` : `${names.length} of them are there already.`;
}

function passedOverWords(taken: number, passedOver: readonly string[]): string {
  if (passedOver.length === 0) return taken === 0 ? 'No file was found in what you dropped.' : '';
  const names = passedOver.slice(0, 3).join(', ') + (passedOver.length > 3 ? ` and ${passedOver.length - 3} more` : '');
  return `Passed over, as they are not PDF, DOCX, Markdown, HTML or text: ${names}.`;
}

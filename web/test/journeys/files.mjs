import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder with a PDF of three pages, Markdown, text, and a picture, which is no document. */
export function folder() {
  const root = join(mkdtempSync(join(tmpdir(), 'parley-papers-')), 'harbour');
  mkdirSync(join(root, 'more'), { recursive: true });
  writeFileSync(join(root, 'handbook.pdf'), pdf([
    ['Harbour handbook', '', 'This handbook says what skippers and guests of the old harbour', 'have to keep to, from the pilot to the fuelling quay.'],
    ['Cranes', '', 'The travelling crane of the harbour lifts nine tonnes at most.', 'In wind above force seven it stays parked.'],
    ['Mooring', '', 'Mooring lines are doubled when a storm is forecast.', 'The watch is told by radio before midnight.'],
  ]));
  writeFileSync(join(root, 'tides.md'), 'Spring tides come after full and new moon, neap tides at the quarters.\n');
  writeFileSync(join(root, 'more', 'fuel.txt'), 'Fuel is handed out between six in the morning and eight in the evening.\n');
  writeFileSync(join(root, 'more', 'quay.png'), Buffer.from('89504e470d0a1a0a', 'hex'));
  return root;
}

/** A PDF with a page for each list of lines, in Helvetica. */
function pdf(pages) {
  const objects = ['<< /Type /Catalog /Pages 2 0 R >>', '', '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'];
  const kids = pages.map((lines) => {
    const words = lines.map((l) => `(${l}) Tj T*`).join('\n');
    const content = `BT /F1 13 Tf 18 TL 72 720 Td\n${words}\nET`;
    objects.push(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
    objects.push(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents ${objects.length} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`);
    return `${objects.length} 0 R`;
  });
  objects[1] = `<< /Type /Pages /Kids [${kids.join(' ')}] /Count ${kids.length} >>`;
  let file = '%PDF-1.4\n';
  const offsets = objects.map((body, i) => {
    const at = file.length;
    file += `${i + 1} 0 obj\n${body}\nendobj\n`;
    return `${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const xref = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join('')}`;
  return `${file}${xref}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`;
}

/** Drops a file or folder of this machine onto the middle of what `locator` finds. */
export async function drop(page, locator, path) {
  const box = await rested(page, locator);
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2, data: { items: [], files: [path], dragOperationsMask: 1 } };
  const browser = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop']) await browser.send('Input.dispatchDragEvent', { type, ...at });
  await browser.detach();
}

/** Where something is once it has stopped moving, as a page does while its pictures come. */
async function rested(page, locator) {
  for (let last = '', still = 0; ;) {
    const box = await locator.boundingBox();
    still = JSON.stringify(box) === last ? still + 1 : 0;
    if (box && still >= 4) return box;
    last = JSON.stringify(box);
    await page.waitForTimeout(150);
  }
}

// The text that carries cells over the clipboard, to and from spreadsheets.

/** Reads what a spreadsheet puts on the clipboard: tabs and line ends, cells in quotes may hold both. */
export function readTable(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const source = text.replace(/\r\n?/g, '\n');
  for (let i = 0; i < source.length; i++) {
    const ch = source[i];
    if (quoted) {
      if (ch !== '"') cell += ch;
      else if (source[i + 1] === '"') {
        cell += '"';
        i++;
      } else quoted = false;
    } else if (ch === '"' && cell === '' && closes(source, i)) quoted = true;
    else if (ch === '\t') {
      row.push(cell);
      cell = '';
    } else if (ch === '\n') {
      rows.push([...row, cell]);
      row = [];
      cell = '';
    } else cell += ch;
  }
  if (cell !== '' || row.length > 0) rows.push([...row, cell]);
  return rows;
}

/** Whether the quote at this place has a partner just before a tab, a line end or the end: else it is plain text. */
function closes(source: string, start: number): boolean {
  for (let i = start + 1; i < source.length; i++) {
    if (source[i] !== '"') continue;
    if (source[i + 1] === '"') {
      i++;
      continue;
    }
    const next = source[i + 1];
    return next === undefined || next === '\t' || next === '\n';
  }
  return false;
}

export function writeTable(rows: string[][]): string {
  return rows
    .map((row) => row.map((cell) => (/["\t\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join('\t'))
    .join('\n');
}

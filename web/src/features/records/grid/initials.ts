/** A name as short as a mark in a cell: 王小明 is 小明, Anna Maria Lee is AL. */
export function initialsOf(name: string): string {
  const whole = name.trim();
  const letters = [...whole];
  if (/^\p{Script=Han}+$/u.test(whole)) return letters.slice(-2).join('');
  const words = whole.split(/[\s.·_-]+/).filter(Boolean);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends.map((word) => [...(word ?? '')][0]?.toUpperCase() ?? '').join('');
}

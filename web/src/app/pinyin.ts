/** The first characters, in the order of pinyin, of the initials below. */
const firsts = [...'阿八嚓哒妸发旮哈讥咔垃妈拏噢妑七呥扨它穵夕丫帀'];
const letters = [...'abcdefghjklmnopqrstwxyz'];

let order: Intl.Collator | undefined;

/** The initials of a text's pinyin, by the order of characters that every browser knows; Latin letters stay. */
export function pinyinInitials(text: string): string {
  order ??= new Intl.Collator('zh-CN-u-co-pinyin');
  let out = '';
  for (const char of text.toLowerCase()) {
    if (/[a-z0-9]/.test(char)) out += char;
    else if (/\p{Script=Han}/u.test(char)) out += initialOf(char, order);
  }
  return out;
}

function initialOf(char: string, by: Intl.Collator): string {
  for (let i = firsts.length - 1; i >= 0; i--) {
    if (by.compare(char, firsts[i] as string) >= 0) return letters[i] as string;
  }
  return '';
}

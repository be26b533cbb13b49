/** A share as people type it: "0.1" and "10%" are both 10. */
export function shareShown(value: string): string {
  if (value === '') return '';
  if (/%$/.test(value)) return value.slice(0, -1).trim();
  const parts = /^(\d*)(?:\.(\d*))?$/.exec(value);
  if (!parts) return value;
  const places = (parts[2] ?? '').padEnd(2, '0');
  const whole = `${parts[1] ?? ''}${places.slice(0, 2)}`.replace(/^0+(?=\d)/, '');
  const rest = places.slice(2).replace(/0+$/, '');
  return rest ? `${whole}.${rest}` : whole;
}

/** A percentage as its blank holds it, from "70%" or "0.7", and back; what is typed always means per cent. */
export const percentShown = (value: string | undefined) => shareShown(value ?? '');
export function percentTyped(typed: string): string {
  const number = typed.replace('%', '');
  return number && `${number}%`;
}

/** Places of a percentage that are added up exactly. */
const places = 8;

/** Sum of percentages as text, exact; undefined where one is not a number. */
export function sumOfPercents(shown: readonly string[]): string | undefined {
  let sum = 0n;
  for (const each of shown) {
    const parts = /^(\d*)(?:\.(\d*))?$/.exec(each);
    if (!parts || (parts[2] ?? '').length > places) return undefined;
    sum += BigInt(`${parts[1] || '0'}${(parts[2] ?? '').padEnd(places, '0')}`);
  }
  return decimal(sum);
}

/** What is left to 100, below zero where there is too much. */
export function restOf100(sum: string): string {
  const [whole = '0', after = ''] = sum.split('.');
  return decimal(100n * 10n ** BigInt(places) - BigInt(`${whole}${after.padEnd(places, '0')}`));
}

function decimal(scaled: bigint): string {
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(places + 1, '0');
  const after = digits.slice(-places).replace(/0+$/, '');
  return `${scaled < 0n ? '-' : ''}${digits.slice(0, -places)}${after && `.${after}`}`;
}

import { createContext, Fragment, type ReactNode, useContext } from 'react';

/** Inside a condition: a rule of which only matters whether it is met. */
export const ConditionContext = createContext(false);

/** "每满 {size}[，得{reward}]。": what stands in square brackets is left out of a condition. */
export const told = (sentence: string, condition: boolean): string =>
  condition ? sentence.replace(/\[[^\]]*\]/g, '') : sentence.replace(/[[\]]/g, '');

/** A sentence cut into plain text and the names of its blanks. */
export type Piece = { text: string } | { blank: string };

/** "每满 {size}，得{reward}。" → text, size, text, reward, text. */
export function cut(sentence: string): Piece[] {
  return sentence
    .split(/(\{[a-z_]+\})/)
    .filter((piece) => piece !== '')
    .map((piece) => (/^\{[a-z_]+\}$/.test(piece) ? { blank: piece.slice(1, -1) } : { text: piece }));
}

/** What ends a phrase; it stays on the line of the blank before it. */
const closing = /^[，。；：、,.;:）)]+/;

/** A sentence with controls in its blanks; the words around them keep the order of the language. */
export function Fill({ sentence, blanks }: { sentence: string; blanks: Record<string, ReactNode> }) {
  const pieces = cut(told(sentence, useContext(ConditionContext)));
  const markAfter = (at: number) => {
    const next = pieces[at + 1];
    return next && 'text' in next ? (closing.exec(next.text)?.[0] ?? '') : '';
  };
  return (
    <>
      {pieces.map((piece, index) => {
        if ('text' in piece) {
          const words = index > 0 ? piece.text.replace(closing, '') : piece.text;
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a sentence do not move
          return <Fragment key={index}>{words}</Fragment>;
        }
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a sentence do not move
          <span key={index} className="fill-kept">
            {blanks[piece.blank]}
            {markAfter(index)}
          </span>
        );
      })}
    </>
  );
}

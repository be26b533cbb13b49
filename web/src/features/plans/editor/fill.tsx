import { Fragment, type ReactNode } from 'react';

/** A sentence cut into plain text and the names of its blanks. */
export type Piece = { text: string } | { blank: string };

/** "每满 {size}，得{reward}。" → text, size, text, reward, text. */
export function cut(sentence: string): Piece[] {
  return sentence
    .split(/(\{[a-z_]+\})/)
    .filter((piece) => piece !== '')
    .map((piece) => (/^\{[a-z_]+\}$/.test(piece) ? { blank: piece.slice(1, -1) } : { text: piece }));
}

/** A sentence with controls in its blanks; the words around them keep the order of the language. */
export function Fill({ sentence, blanks }: { sentence: string; blanks: Record<string, ReactNode> }) {
  return (
    <>
      {cut(sentence).map((piece, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a sentence do not move
        <Fragment key={index}>{'text' in piece ? piece.text : blanks[piece.blank]}</Fragment>
      ))}
    </>
  );
}

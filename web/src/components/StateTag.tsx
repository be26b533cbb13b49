import { Tag } from 'antd';
import { useWords } from '@/lib/i18n';
import { words } from './words';

const looks = {
  provisional: { word: 'state_provisional', tone: 'wait' },
  granted: { word: 'state_granted', tone: 'gold' },
  reversed: { word: 'state_reversed', tone: 'loss' },
  draft: { word: 'state_draft', tone: 'wait' },
  in_review: { word: 'state_in_review', tone: 'busy' },
  published: { word: 'state_published', tone: 'good' },
  superseded: { word: 'state_superseded', tone: 'wait' },
  ended: { word: 'state_ended', tone: 'wait' },
} as const;

/** The state of an award or a plan, as a word with a quiet tint. */
export function StateTag({ state }: { state: string }) {
  const t = useWords(words);
  const look = looks[state as keyof typeof looks];
  if (!look) return <Tag>{state}</Tag>;
  return <Tag className={`state-tag state-${look.tone}`}>{t(look.word)}</Tag>;
}

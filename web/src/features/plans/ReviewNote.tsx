import { useMe } from '@/api/session';
import type { PlanVersion } from '@/api/types';
import { inZone } from '@/components/DateText';
import { useWords } from '@/lib/i18n';
import { words } from './words_review';

/** The last word on a version: who submitted it with which note, who sent it back and why, or who changed it meanwhile. */
export function ReviewNote({ review }: { review: NonNullable<PlanVersion['review']> }) {
  const t = useWords(words);
  const zone = useMe().organisation.time_zone;
  const told = { who: review.by, when: inZone(review.at, zone).format('YYYY-MM-DD HH:mm') };
  const word = review.act === 'submitted' && review.note ? 'submitted_note' : review.act;
  return (
    <div className="review-note">
      <p>{t(word, told)}</p>
      {review.note && <blockquote>{review.note}</blockquote>}
    </div>
  );
}

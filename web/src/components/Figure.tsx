import type { Amount } from '@/api/types';
import { formatAmount, formatAmountShort, formatNumber, isNegative } from '@/lib/format';
import { useWords } from '@/lib/i18n';
import { Go } from './Go';
import { words } from './words';

interface Props {
  /** Either an amount … */
  amount?: Amount | null;
  /** … or a number as a decimal string, … */
  number?: string | number | null;
  /** … or a text that the server formatted. */
  text?: string;
  /** What made it. A figure without a way to its origin is the exception. */
  href?: string;
  /** What the figure is, for screen readers where the text around does not say it. */
  label?: string;
  size?: 'body' | 'large' | 'hero';
  /** Writes a plus before positive amounts. */
  signed?: boolean;
  /** Leaves ".00" out. */
  short?: boolean;
  /** Gold: rewards and honours only. */
  gold?: boolean;
  hidden?: boolean;
}

/** One figure: tabular, red when negative, and a link to what made it. */
export function Figure({ amount, number, text, href, label, size = 'body', signed, short, gold, hidden }: Props) {
  const t = useWords(words);
  if (hidden) {
    return (
      <span className="figure figure-hidden" title={t('hidden_amount')}>
        <span aria-hidden="true">•••</span>
        <span className="sr-only">{t('hidden_amount')}</span>
      </span>
    );
  }
  const shown =
    text ??
    (amount !== undefined
      ? (short ? formatAmountShort : formatAmount)(amount, signed)
      : formatNumber(number === null || number === undefined ? null : String(number)));
  const negative = isNegative(amount?.amount ?? (number === undefined || number === null ? '' : String(number)));
  const className = ['figure', `figure-${size}`, negative ? 'figure-loss' : '', gold && !negative ? 'figure-gold' : '']
    .filter(Boolean)
    .join(' ');
  if (!href) return <span className={className}>{shown}</span>;
  return (
    <Go href={href} className={`${className} figure-link`} aria-label={label ? `${label} ${shown}` : undefined}>
      {shown}
    </Go>
  );
}

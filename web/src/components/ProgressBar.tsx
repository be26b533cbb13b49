interface Props {
  /** 0…1000 */
  permille: number;
  /** What the bar measures, for screen readers. */
  label: string;
  /** What stands beside it, as people read it: "8 / 10". */
  valueText?: string;
  /** Gold when the reward is earned. */
  done?: boolean;
}

/** A thin bar that says how far; its text is beside it, not inside. */
export function ProgressBar({ permille, label, valueText, done }: Props) {
  const width = Math.max(0, Math.min(1000, permille)) / 10;
  return (
    <div
      className={done ? 'bar bar-done' : 'bar'}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.floor(width)}
      aria-valuetext={valueText}
    >
      <div className="bar-fill" style={{ width: `${width}%` }} />
    </div>
  );
}

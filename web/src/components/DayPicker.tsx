import { DatePicker, type DatePickerProps } from 'antd';
import dayjs from 'dayjs';
import { useMemo } from 'react';

type Props = Omit<DatePickerProps, 'value' | 'onChange' | 'defaultPickerValue'> & {
  /** "2026-03-31", or empty. */
  value: string | null | undefined;
  /** Empty when the day was taken away. */
  onChange: (day: string) => void;
  /** Where the calendar opens while there is no day. */
  near?: string;
};

/**
 * A day as text. The picker forgets what is being typed whenever its value is another object, even of the same day; so it
 * gets the same one for as long as the day stays, whatever else on the page is drawn anew.
 */
export function DayPicker({ value, onChange, near, ...rest }: Props) {
  const day = useMemo(() => (value ? dayjs(value) : null), [value]);
  const opens = useMemo(() => (near ? dayjs(near) : undefined), [near]);
  return (
    <DatePicker
      {...rest}
      value={day}
      defaultPickerValue={opens}
      onChange={(next) => onChange(next && !Array.isArray(next) ? next.format('YYYY-MM-DD') : '')}
    />
  );
}

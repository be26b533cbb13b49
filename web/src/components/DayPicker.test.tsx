import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { DayPicker } from './DayPicker';

function Form({ told }: { told: (day: string) => void }) {
  const [, again] = useState(0);
  return (
    <>
      <DayPicker aria-label="day" value="2026-03-31" onChange={told} />
      <button type="button" onClick={() => again((count) => count + 1)}>
        again
      </button>
    </>
  );
}

/** The picker watches its size, which this environment does not know. */
class NoSize {
  observe() {}
  unobserve() {}
  disconnect() {}
}

describe('a day that is typed', () => {
  beforeAll(() => void vi.stubGlobal('ResizeObserver', NoSize));
  afterAll(() => void vi.unstubAllGlobals());
  afterEach(cleanup);
  it('is not lost when the page is drawn anew before it is confirmed', () => {
    const told = vi.fn();
    render(<Form told={told} />);
    const input = screen.getByLabelText('day');
    fireEvent.mouseDown(input);
    fireEvent.focus(input);
    fireEvent.change(input, { target: { value: '2026-04-15' } });
    fireEvent.click(screen.getByText('again'));
    fireEvent.keyDown(input, { key: 'Enter', code: 'Enter' });
    fireEvent.blur(input);
    expect(told).toHaveBeenCalledWith('2026-04-15');
  });
});

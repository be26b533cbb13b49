import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { Palette } from './Palette';

const { go, answer } = vi.hoisted(() => ({ go: vi.fn(), answer: { with: (_: unknown) => {} } }));
vi.mock('@/components/Go', () => ({ useGo: () => go }));
vi.mock('@/api/session', () => ({ useMe: () => ({ account: { roles: [] } }) }));
vi.mock('@/api/client', () => ({
  api: { GET: () => undefined },
  read: () =>
    new Promise((resolve) => {
      answer.with = resolve;
    }),
}));

class NoSize {
  observe() {}
  unobserve() {}
  disconnect() {}
}
beforeAll(() => void vi.stubGlobal('ResizeObserver', NoSize));
afterAll(() => void vi.unstubAllGlobals());
afterEach(cleanup);

it('Enter while the search still runs opens the first hit when it comes', async () => {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Palette open onClose={() => {}} groups={[]} />
    </QueryClientProvider>,
  );
  const box = screen.getByRole('combobox');
  fireEvent.change(box, { target: { value: '华信' } });
  await screen.findByRole('status');
  fireEvent.keyDown(box, { key: 'Enter' });
  expect(go).not.toHaveBeenCalled();
  const text = { zh: '华信', en: '华信' };
  answer.with({ items: [{ kind: 'person', object: '', id: 7, key: '', title: text, subtitle: text }] });
  await waitFor(() => expect(go).toHaveBeenCalledWith('/people/7'));
});

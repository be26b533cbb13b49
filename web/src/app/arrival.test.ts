import { beforeEach, expect, test } from 'vitest';
import { arrive } from './arrival';

const frame = () => new Promise((next) => setTimeout(next));

let content: HTMLElement;
beforeEach(() => {
  document.body.innerHTML = '<a href="/plans">Plans</a><main></main>';
  content = document.querySelector('main') as HTMLElement;
  document.querySelector('a')?.focus();
});

test('the heading has the focus once it is there', async () => {
  arrive(content);
  expect(document.activeElement?.tagName).toBe('A');
  content.innerHTML = '<h1>Plans</h1>';
  await frame();
  expect(document.activeElement?.textContent).toBe('Plans');
  expect(document.activeElement?.tagName).toBe('H1');
});

test('a field that asked for the focus keeps it', async () => {
  content.innerHTML = '<input id="name" />';
  document.getElementById('name')?.focus();
  arrive(content);
  content.insertAdjacentHTML('afterbegin', '<h1>New</h1>');
  await frame();
  expect(document.activeElement?.id).toBe('name');
});

test('who has gone on already is not called back', async () => {
  arrive(content);
  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Tab' }));
  content.innerHTML = '<h1>Plans</h1>';
  await frame();
  expect(document.activeElement?.tagName).toBe('A');
});

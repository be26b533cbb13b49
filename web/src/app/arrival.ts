/** A page whose heading has not come after this long keeps the focus where it is. */
const patienceMs = 10_000;

/** Anything that a reader does meanwhile is more recent than the page they asked for. */
const acts = ['keydown', 'pointerdown'] as const;

/**
 * Moves the focus to the heading of the page that was just opened, as soon as it is there: whoever reads by ear or by
 * keyboard begins at the top of the page, not at the link that led to it. Returns how to give up.
 */
export function arrive(content: HTMLElement): () => void {
  const stop = () => {
    watch.disconnect();
    clearTimeout(timer);
    for (const act of acts) window.removeEventListener(act, stop, true);
  };
  const look = () => {
    const heading = content.querySelector<HTMLElement>('h1');
    // A field that asks for the focus itself keeps it; so does a dialog that opens with the page.
    const taken = document.activeElement?.closest('[role="dialog"]') ?? content.contains(document.activeElement);
    if (!heading && !taken) return;
    stop();
    if (taken || !heading) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  };
  const watch = new MutationObserver(look);
  const timer = setTimeout(stop, patienceMs);
  watch.observe(content, { childList: true, subtree: true });
  for (const act of acts) window.addEventListener(act, stop, true);
  look();
  return stop;
}

/** One leaf, its stem at the origin, pointing up. */
const leaf = 'M0 0C-3.1 -2.2 -3.6 -6.2 0 -10C3.6 -6.2 3.1 -2.2 0 0Z';

/** Stem positions and angles of the leaves of the left branch; the right one is its mirror. */
const branch = [
  [22.5, 41, -62],
  [16.5, 38, -88],
  [12, 33, -58],
  [9.2, 27, -32],
  [8.8, 20.5, -8],
  [11.5, 14.5, 14],
] as const;

/** Laurel's sign: two branches that do not quite meet. */
export function LaurelMark({ size = 28, muted = false }: { size?: number; muted?: boolean }) {
  const half = branch.map(([x, y, angle], index) => (
    <path key={angle} d={leaf} transform={`translate(${x} ${y}) rotate(${angle}) scale(${1 - index * 0.035})`} />
  ));
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 48 48"
      aria-hidden="true"
      className={muted ? 'mark mark-muted' : 'mark'}
    >
      <g className="mark-leaf">{half}</g>
      <g className="mark-leaf" transform="translate(48 0) scale(-1 1)">
        {half}
      </g>
      <circle className="mark-berry" cx="24" cy="42" r="2.2" />
    </svg>
  );
}

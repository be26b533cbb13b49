import { BarChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { useCalm, useDark } from '@/lib/theme';
import { widthOf } from './blanks';

use([BarChart, GridComponent, SVGRenderer]);

export interface Bar {
  name: string;
  /** Height of the bar: an approximation for the eye only. */
  height: number;
  /** The exact figure, written on the bar. */
  label: string;
}

/** Width of a digit of a bar's figure, in pixels. */
const digitWidth = (small: boolean) => (small ? 6 : 7);

/** One series of bars with its figures written on them. The table behind it is the caller's. */
export default function Chart({ bars, label, gold }: { bars: readonly Bar[]; label: string; gold?: boolean }) {
  const box = useRef<HTMLDivElement>(null);
  const dark = useDark();
  const calm = useCalm();

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const chart = init(element, null, { renderer: 'svg' });
    const ink = dark ? 'rgba(255,255,255,0.72)' : 'rgba(20,32,28,0.7)';
    const place = (element.clientWidth - 40) / bars.length;
    // Names that do not fit side by side stand at a slant: left level, every other one would be left out.
    const crowded = bars.length > 9 || bars.some((bar) => widthOf(bar.name) * digitWidth(false) + 8 > place);
    // Figures wider than their bar's place stand upright: side by side they would cover each other.
    const widest = Math.max(...bars.map((bar) => bar.label.length));
    const steep = widest * digitWidth(crowded) > place;
    chart.setOption({
      animation: !calm,
      animationDuration: 250,
      grid: { left: 20, right: 20, top: steep ? 12 + widest * digitWidth(crowded) : 20, bottom: crowded ? 48 : 24 },
      xAxis: {
        type: 'category',
        data: bars.map((bar) => bar.name),
        axisTick: { show: false },
        axisLine: { lineStyle: { color: dark ? '#2a322f' : '#e3e9e6' } },
        axisLabel: { color: ink, interval: 0, rotate: crowded ? 45 : 0, hideOverlap: true },
      },
      yAxis: { show: false },
      series: [
        {
          type: 'bar',
          data: bars.map((bar) => bar.height),
          barMaxWidth: 44,
          itemStyle: { color: gold ? '#C8992B' : dark ? '#3F9A77' : '#1F6F54', borderRadius: [3, 3, 0, 0] },
          label: {
            show: true,
            position: 'top',
            color: ink,
            fontSize: crowded ? 10 : 12,
            formatter: ({ dataIndex }: { dataIndex: number }) => bars[dataIndex]?.label ?? '',
            ...(steep ? { rotate: 90, align: 'left', verticalAlign: 'middle', distance: 6 } : {}),
          },
          labelLayout: { hideOverlap: true },
        },
      ],
    });
    const observer = new ResizeObserver(() => chart.resize());
    observer.observe(element);
    return () => {
      observer.disconnect();
      chart.dispose();
    };
  }, [bars, dark, calm, gold]);

  return <div ref={box} className="chart" role="img" aria-label={label} />;
}

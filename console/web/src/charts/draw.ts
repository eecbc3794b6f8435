import { BarChart, LineChart, ScatterChart } from 'echarts/charts';
import {
  AriaComponent,
  DataZoomInsideComponent,
  GridComponent,
  LegendComponent,
  TooltipComponent,
} from 'echarts/components';
import { init, use, type EChartsType } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import type { Drawn, Kind } from './data';

use([
  AriaComponent,
  BarChart,
  CanvasRenderer,
  DataZoomInsideComponent,
  GridComponent,
  LegendComponent,
  LineChart,
  ScatterChart,
  TooltipComponent,
]);

const LIGHT = ['#2f6fd0', '#c2571a', '#1a7f5a', '#8a3fb0', '#a8323e', '#5b6472'];
const DARK = ['#7aa7ff', '#f0a060', '#5fd0a0', '#cf9bf0', '#ef7f8a', '#aab3c4'];

export function create(host: HTMLElement): EChartsType {
  return init(host, null, { renderer: 'canvas' });
}

function style(host: HTMLElement, name: string): string {
  return getComputedStyle(host).getPropertyValue(name).trim();
}

/** Draws on a canvas only: the tooltip too, so that no name or value is ever read as markup. */
export function draw(chart: EChartsType, host: HTMLElement, data: Drawn, kind: Kind, dark: boolean): void {
  const ink = style(host, '--ink-soft');
  const line = style(host, '--line');
  const scaled = kind === 'scatter' && data.numericLabels;
  const axis = { axisLabel: { color: ink }, axisLine: { lineStyle: { color: line } } };
  chart.setOption(
    {
      color: dark ? DARK : LIGHT,
      animation: false,
      aria: { enabled: true },
      grid: { left: 16, right: 24, top: 40, bottom: 16, containLabel: true },
      legend: { top: 6, textStyle: { color: ink }, type: 'plain' },
      tooltip: {
        trigger: kind === 'scatter' ? 'item' : 'axis',
        renderMode: 'richText',
        backgroundColor: style(host, '--raised'),
        borderColor: line,
        textStyle: { color: style(host, '--ink'), fontSize: 12 },
      },
      dataZoom: [{ type: 'inside' }],
      xAxis: scaled
        ? { type: 'value', scale: true, splitLine: { lineStyle: { color: line } }, ...axis }
        : { type: 'category', data: data.labels, ...axis },
      yAxis: { type: 'value', splitLine: { lineStyle: { color: line } }, ...axis },
      series: data.series.map((series) => ({
        name: series.name,
        type: kind === 'area' ? 'line' : kind,
        ...(kind === 'area' ? { areaStyle: { opacity: 0.25 } } : {}),
        showSymbol: data.labels.length <= 60,
        symbolSize: 6,
        data: scaled
          ? series.values.map((value, index) => [Number(data.labels[index]), value])
          : series.values,
      })),
    },
    { notMerge: true },
  );
}

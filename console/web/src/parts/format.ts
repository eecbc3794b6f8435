const WHOLE = new Intl.NumberFormat('en-US');

export function count(value: number): string {
  return WHOLE.format(value);
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

export function bytes(value: number): string {
  let unit = 0;
  let rest = value;
  while (rest >= 1000 && unit < UNITS.length - 1) {
    rest /= 1000;
    unit++;
  }
  return `${unit === 0 || rest >= 100 ? Math.round(rest) : rest.toFixed(1)} ${UNITS[unit]}`;
}

export function millis(value: number): string {
  if (value < 10) {
    return `${value.toFixed(1)} ms`;
  }
  if (value < 1000) {
    return `${Math.round(value)} ms`;
  }
  if (value < 60_000) {
    return `${(value / 1000).toFixed(2)} s`;
  }
  return `${Math.floor(value / 60_000)} min ${Math.round((value % 60_000) / 1000)} s`;
}

export function rows(value: number): string {
  return `${count(value)} ${value === 1 ? 'row' : 'rows'}`;
}

/** A time of the server, which is UTC, without its date if that is today. */
export function moment(text: string | null): string {
  if (!text) {
    return '';
  }
  const today = new Date().toISOString().slice(0, 10);
  const [date = '', time = ''] = text.split(' ');
  return date === today ? time.slice(0, 8) : `${date} ${time.slice(0, 8)}`;
}

export function timeLeft(value: number): string {
  const seconds = Math.round(value / 1000);
  if (seconds < 1) {
    return 'less than 1 s';
  }
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  return hours > 0
    ? `about ${hours} h ${minutes % 60} min`
    : minutes > 0
      ? `about ${minutes} min ${seconds % 60} s`
      : `about ${seconds} s`;
}

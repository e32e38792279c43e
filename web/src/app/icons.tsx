const PATHS = {
  mic: 'M12 15a3.5 3.5 0 0 0 3.5-3.5v-5a3.5 3.5 0 0 0-7 0v5A3.5 3.5 0 0 0 12 15Zm6.5-3.5a6.5 6.5 0 0 1-13 0M12 18v3.5',
  stop: 'M8 8h8v8H8Z',
  send: 'M12 19V5m-6 6 6-6 6 6',
  notes: 'M4.500 6h15M4.500 12h15M4.500 18h9',
  close: 'm6 6 12 12M18 6 6 18',
  film: 'M4 6.500h11v11H4Zm11 4 5-3v9l-5-3',
  back: 'm14.500 5-7 7 7 7',
  bin: 'M5 7h14M10 7V4.500h4V7m-7.500 0 .8 12.500h9.400L17.500 7M10 10.500v6m4-6v6',
  past: 'M4 12a8 8 0 1 0 2.600-5.900M4 4.500V9h4.500M12 8v4.300l3 1.700',
  time: 'M4 6h7M8 12h7M12 18h8',
  book: 'M5 5.500A2.500 2.500 0 0 1 7.500 3H19v15H7.500A2.500 2.500 0 0 0 5 20.500Zm0 15A2.500 2.500 0 0 0 7.500 21H19v-3',
  memory: 'M12 20.500S4 15.700 4 10a4.300 4.300 0 0 1 8-2.200A4.300 4.300 0 0 1 20 10c0 5.700-8 10.500-8 10.500Z',
  add: 'M12 5v14M5 12h14',
  pen: 'm5 19 1-4L16.500 4.500l3 3L9 18Zm9.500-12.500 3 3',
  again: 'M19.500 12a7.500 7.500 0 1 1-2.300-5.400M19.500 4v4h-4',
  pin: 'M9 4h6l-.8 6 3.300 3.500h-11L9.800 10ZM12 13.500V20',
  find: 'M10.500 17a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13Zm4.800-1.700L20 20',
  save: 'M12 4v11m-4.500-4 4.500 4.500 4.500-4.500M5 19.500h14',
  next: 'm9.500 5 7 7-7 7',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}

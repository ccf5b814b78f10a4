declare module 'code:*' {
  const code: { file: string; text: string };
  export default code;
}

declare module 'virtual:measured' {
  import type { Comparison } from '../plugins/measured';
  const measured: { conformance: string; file: string; date: string; baseline: string; of: number; rows: Comparison[] };
  export default measured;
}

declare module 'virtual:compared' {
  const table: string[][];
  export default table;
}

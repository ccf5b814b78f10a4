declare module 'virtual:snippet' {
  const snippet: string;
  export default snippet;
}

// The few members that GraphiQL's script and the playground use; React's own types are not installed.
declare module 'react' {
  export function createElement(type: unknown, props: object): unknown;
}
declare module 'react-dom' {}
declare module 'react-dom/client' {
  export function createRoot(element: Element): { render(node: unknown): void };
}

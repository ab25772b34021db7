import { useEffect, useState } from 'preact/hooks';

const KEPT = 'countersign:panel-width';
const DEFAULT_PIXELS = 320;
const MIN_PIXELS = 220;
const MAX_PIXELS = 900;
const STEP_PIXELS = 20;

/** The edge of the panel, to drag it with a pointer or with the arrow keys. The width stays for the next visits. */
export function PanelEdge() {
  const [width, setWidth] = useState(() => within(Number(localStorage.getItem(KEPT)) || DEFAULT_PIXELS));
  useEffect(() => {
    localStorage.setItem(KEPT, String(width));
    document.body.style.setProperty('--panel-width', `${width}px`);
  }, [width]);
  const onPointerMove = (event: PointerEvent) => {
    if (event.buttons === 1) setWidth(within(window.innerWidth - event.clientX));
  };
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key === 'ArrowLeft') setWidth(within(width + STEP_PIXELS));
    if (key === 'ArrowRight') setWidth(within(width - STEP_PIXELS));
  };
  return (
    <div
      role="separator"
      aria-label="Width of the panel"
      aria-orientation="vertical"
      aria-valuemin={MIN_PIXELS}
      aria-valuemax={MAX_PIXELS}
      aria-valuenow={width}
      tabIndex={0}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={onPointerMove}
      onKeyDown={onKeyDown}
    />
  );
}

function within(pixels: number): number {
  return Math.round(Math.min(MAX_PIXELS, Math.max(MIN_PIXELS, pixels)));
}

import { piecesOf, type Piece } from './pieces.ts';

/** A person's text with its links alive and its invisible characters in sight. Addresses inside a link stay plain. */
export function UserText({ text, hasLinks = true }: { readonly text: string; readonly hasLinks?: boolean }) {
  return (
    <>
      {piecesOf(text).map((piece, index) => (
        <PieceOfText key={index} piece={piece} hasLinks={hasLinks} />
      ))}
    </>
  );
}

function PieceOfText({ piece, hasLinks }: { readonly piece: Piece; readonly hasLinks: boolean }) {
  if (piece.kind === 'hidden') {
    return (
      <span class="hidden-character" title={`${piece.name} (${piece.code})`}>
        {piece.code}
      </span>
    );
  }
  if (piece.kind === 'text' || !hasLinks) return <>{piece.text}</>;
  return (
    <a href={piece.text} target="_blank" rel="noopener noreferrer" title={new URL(piece.text).host}>
      {piece.text}
    </a>
  );
}

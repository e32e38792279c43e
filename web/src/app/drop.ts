import { useRef, useState, type DragEvent } from 'react';
import { carriesFiles, droppedFiles, type Picked } from '../knowledge/files';

/** Makes an element a place to drop files on; `over` while they are held above it. */
export function useFileDrop(onFiles: ((picked: Picked) => void) | undefined) {
  const [over, setOver] = useState(false);
  // A child that is entered comes before its parent is left.
  const depth = useRef(0);
  const step = (by: number): void => {
    depth.current = Math.max(0, depth.current + by);
    setOver(depth.current > 0);
  };
  const mine = (e: DragEvent): boolean => onFiles !== undefined && carriesFiles(e.dataTransfer);
  const handlers = {
    onDragEnter: (e: DragEvent): void => {
      if (mine(e)) (e.preventDefault(), step(1));
    },
    onDragOver: (e: DragEvent): void => {
      if (mine(e)) (e.preventDefault(), (e.dataTransfer.dropEffect = 'copy'));
    },
    onDragLeave: (e: DragEvent): void => {
      if (mine(e)) step(-1);
    },
    onDrop: (e: DragEvent): void => {
      if (!mine(e)) return;
      e.preventDefault();
      depth.current = 0;
      setOver(false);
      void droppedFiles(e.dataTransfer).then((picked) => onFiles?.(picked), () => onFiles?.({ files: [], passedOver: [] }));
    },
  };
  return { over, handlers };
}

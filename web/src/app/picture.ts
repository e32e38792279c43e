import { useEffect, useState } from 'react';
import { fetchPicture, isDirect } from '../api/media';

/**
 * An address of a picture that an element may show: its own while nobody is signed in, else that of
 * its bytes, fetched once; empty until they are there.
 */
export function usePicture(path: string): string {
  const [shown, setShown] = useState({ path: '', url: '' });
  const direct = isDirect(path);
  useEffect(() => {
    if (direct) return;
    let gone = false;
    // What cannot be fetched keeps its own address: the element fails with it, and says so.
    void fetchPicture(path).catch(() => path).then((url) => !gone && setShown({ path, url }));
    return () => {
      gone = true;
    };
  }, [path, direct]);
  return direct ? path : shown.path === path ? shown.url : '';
}

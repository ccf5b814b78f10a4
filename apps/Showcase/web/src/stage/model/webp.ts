const headerBytes = 20;

/**
 * Returns a VP8 key picture as an image: WebP is such a picture after a header, so browsers without WebCodecs decode
 * it too.
 */
export function webpOf(picture: Uint8Array): Blob {
  // Data of an odd length are followed by a byte that the length does not count.
  const padding = picture.length % 2;
  const header = new DataView(new ArrayBuffer(headerBytes));
  const write = (at: number, name: string) => {
    for (const letter of name) header.setUint8(at++, letter.charCodeAt(0));
  };
  write(0, 'RIFF');
  header.setUint32(4, headerBytes - 8 + picture.length + padding, true);
  write(8, 'WEBPVP8 ');
  header.setUint32(16, picture.length, true);
  return new Blob([header, picture.slice(), new Uint8Array(padding)], { type: 'image/webp' });
}

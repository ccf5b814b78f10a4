/** A picture for the encoder, of the size of the stage. */
export type TakePicture = (canvas: HTMLCanvasElement) => void;

export const width = 640;
export const height = 360;
export const perSecond = 24;

interface TrackProcessor {
  readonly readable: ReadableStream<VideoFrame>;
}

declare const MediaStreamTrackProcessor: (new (init: { track: MediaStreamTrack }) => TrackProcessor) | undefined;

/** Delivers the pictures of a camera or a screen, fitted into the size of the stage, until it is stopped. */
export function picturesOf(stream: MediaStream, take: TakePicture): () => void {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext('2d', { alpha: false }) as CanvasRenderingContext2D;
  const draw = (image: VideoFrame | HTMLVideoElement, imageWidth: number, imageHeight: number) => {
    const scale = Math.min(width / imageWidth, height / imageHeight);
    const [w, h] = [imageWidth * scale, imageHeight * scale];
    context.fillStyle = '#000';
    context.fillRect(0, 0, width, height);
    context.drawImage(image, (width - w) / 2, (height - h) / 2, w, h);
    take(canvas);
  };
  const [track] = stream.getVideoTracks();
  // Unlike the callbacks of a video element, a processor works while the tab is hidden.
  if (track && typeof MediaStreamTrackProcessor !== 'undefined') return readTrack(new MediaStreamTrackProcessor({ track }), draw);
  return watchElement(stream, draw);
}

function readTrack(
  { readable }: TrackProcessor,
  draw: (frame: VideoFrame, width: number, height: number) => void,
): () => void {
  const reader = readable.getReader();
  let isStopped = false;
  const read = async () => {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      if (!isStopped) draw(value, value.displayWidth, value.displayHeight);
      value.close();
    }
  };
  void read().catch(() => undefined);
  return () => {
    isStopped = true;
    void reader.cancel().catch(() => undefined);
  };
}

function watchElement(
  stream: MediaStream,
  draw: (video: HTMLVideoElement, width: number, height: number) => void,
): () => void {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = stream;
  let isStopped = false;
  const next = () => video.requestVideoFrameCallback(() => {
    if (isStopped) return;
    if (video.videoWidth > 0) draw(video, video.videoWidth, video.videoHeight);
    next();
  });
  next();
  void video.play().catch(() => undefined);
  return () => {
    isStopped = true;
    video.srcObject = null;
  };
}

/** Returns why this browser shows no picture, as a sentence; empty when it does. */
export function watchProblem(): string {
  if (!isSecureContext)
    return 'This page came over plain HTTP from another machine, where browsers decode no media. Open it by https or on localhost to see the picture. Slides, questions, polls and the chat work.';
  if (typeof VideoDecoder === 'undefined' || typeof AudioDecoder === 'undefined')
    return 'This browser has no WebCodecs, so it shows no picture. Slides, questions, polls and the chat work.';
  return '';
}

/** Returns why this browser sends no picture, as a sentence; empty when it does. */
export function sendProblem(): string {
  if (!isSecureContext) return 'Cameras and encoders need https or localhost: from this address you present slides alone.';
  if (typeof VideoEncoder === 'undefined' || typeof AudioEncoder === 'undefined')
    return 'This browser has no WebCodecs: you present slides alone.';
  return '';
}

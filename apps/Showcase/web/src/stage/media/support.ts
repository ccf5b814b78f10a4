const instead = 'It shows a picture every two seconds, without sound; slides, questions, polls and the chat work.';

/** Returns why this browser plays no picture and sound, and what it shows instead; empty when it plays them. */
export function watchProblem(): string {
  if (!isSecureContext)
    return `This page came over plain HTTP from another machine, where browsers decode no media: open it by https or on localhost. ${instead}`;
  if (typeof VideoDecoder === 'undefined' || typeof AudioDecoder === 'undefined')
    return `This browser has no WebCodecs. ${instead}`;
  return '';
}

/** Returns why this browser sends no picture, as a sentence; empty when it does. */
export function sendProblem(): string {
  if (!isSecureContext) return 'Cameras and encoders need https or localhost: from this address you present slides alone.';
  if (typeof VideoEncoder === 'undefined' || typeof AudioEncoder === 'undefined')
    return 'This browser has no WebCodecs: you present slides alone.';
  return '';
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const week = 7 * day;

/** Returns the time between a moment and the present, such as "5 min ago"; the date when it is a week or more. */
export function agoText(time: number, now: number): string {
  const age = Math.max(0, now - time);
  if (age < minute) return 'just now';
  if (age < hour) return `${Math.floor(age / minute)} min ago`;
  if (age < day) return `${Math.floor(age / hour)} h ago`;
  if (age >= week) return new Date(time).toLocaleDateString();
  const days = Math.floor(age / day);
  return days === 1 ? 'yesterday' : `${days} days ago`;
}

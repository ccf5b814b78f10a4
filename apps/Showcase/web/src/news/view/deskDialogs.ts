import { attempt } from '../../page/attempt';
import { ask } from '../../page/dialog';
import { element } from '../../page/element';
import { toast } from '../../page/toasts';
import type { Desk } from '../desk';
import { type Story, topics } from '../model/messages';

const longestTitle = 140;
const longestSummary = 500;
const subject = 'desk';

/** Writes a story. */
export async function writeStory(desk: Desk): Promise<void> {
  const { title, summary, fields } = storyFields('', '');
  const topic = element('select', { 'class': 'button', 'aria-label': 'Topic' });
  for (const name of topics) topic.append(element('option', { value: name }, name));
  const breaking = element('input', { type: 'checkbox' });
  const isSent = await ask({
    title: 'Write a story',
    body: [
      ...fields,
      element('div', { class: 'desk-row' }, topic, element('label', {}, breaking, 'Breaking: send it to every reader')),
      element('p', { class: 'muted' }, 'Every visitor of this server can read it, with your name.'),
    ],
    confirm: 'Publish',
    focus: title,
  });
  if (!isSent) return;
  if (title.value.trim() === '') toast('A story needs a headline.', { kind: 'bad', subject });
  else desk.write({ title: title.value, summary: summary.value, topic: topic.value, breaking: breaking.checked });
}

/** Corrects a story; when it has changed in the meantime, the newer one is shown. */
export async function correctStory(desk: Desk, story: Story): Promise<void> {
  const { title, summary, fields } = storyFields(story.title, story.summary);
  if (!await ask({ title: 'Correct the story', body: fields, confirm: 'Correct', focus: title })) return;
  await attempt(subject, desk.correct(story, title.value, summary.value).then((newer) => {
    if (newer) toast('The story has changed in another window: correct the newer one.', { kind: 'warn', subject });
  }));
}

/** Retracts a story. */
export async function retractStory(desk: Desk, story: Story): Promise<void> {
  const reason = element('input', { 'type': 'text', 'maxlength': longestTitle, 'placeholder': 'The reason', 'aria-label': 'The reason' });
  const body = [element('p', {}, 'The story stays in the list, struck through, with the reason.'), element('label', { class: 'field' }, reason)];
  if (!await ask({ title: 'Retract the story', body, confirm: 'Retract', confirmClass: 'danger', focus: reason })) return;
  await attempt(subject, desk.retract(story, reason.value));
}

function storyFields(title: string, summary: string) {
  const titleField = element('input', { 'type': 'text', 'maxlength': longestTitle, 'placeholder': 'Headline', 'aria-label': 'Headline', 'value': title });
  const summaryField = element('textarea', { 'class': 'desk-text', 'rows': '5', 'maxlength': longestSummary, 'placeholder': 'Summary', 'aria-label': 'Summary' });
  summaryField.value = summary;
  return { title: titleField, summary: summaryField, fields: [element('label', { class: 'field' }, titleField), summaryField] };
}

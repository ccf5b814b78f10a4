// The messages of docs/protocol/news.md.

export const topics = ['world', 'technology', 'science', 'markets', 'sport', 'culture', 'showcase'] as const;

export interface Story {
  readonly id: number;
  readonly revision: number;
  readonly title: string;
  readonly summary: string;
  readonly source: string;
  readonly topic: string;
  readonly time: number;
  readonly link?: string;
  readonly lang?: string;
  readonly breaking?: boolean;
  readonly also?: readonly string[];
  readonly user?: string;
  readonly name?: string;
  readonly clientId?: string;
  readonly corrected?: number;
  readonly wasTitle?: string;
  readonly wasSummary?: string;
  readonly retracted?: string;
  readonly retractedAt?: number;
}

export interface StoryEvent {
  readonly type: 'story' | 'update' | 'retract';
  readonly story: Story;
}

export interface StoriesData {
  readonly stories: readonly Story[];
  readonly more: boolean;
}

export interface Source {
  readonly id: string;
  readonly name: string;
  readonly about: string;
  readonly state: 'waiting' | 'new' | 'unchanged' | 'failed' | 'own';
  readonly words?: string;
  readonly checked?: number;
  readonly next?: number;
  readonly stories: number;
}

export interface Mark {
  readonly ids: readonly number[];
  readonly isRead: boolean;
}

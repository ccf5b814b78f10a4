import type { Counts, Mark, Post } from './messages';

/**
 * The latest state of each post that a page has seen, wherever it came from: of two texts the one with the higher
 * revision is newer, of two numbers, and of two likes or reposts of the reader, those with the higher version.
 */
export class PostBook {
  readonly #posts = new Map<number, Post>();
  readonly #marked = new Map<number, Partial<Record<Mark, number>>>();
  readonly #held = new Map<number, Counts | undefined>();

  find(id: number): Post | undefined {
    return this.#posts.get(id);
  }

  /** Takes a post. `isForMe` when a reply to this reader carries it, which has the reader's own likes and reposts. */
  take(post: Post, isForMe: boolean): Post {
    const known = this.#posts.get(post.id);
    if (!known) {
      this.#posts.set(post.id, post);
      return post;
    }
    const newer = (post.revision ?? 0) >= (known.revision ?? 0) ? post : known;
    const taken = {
      ...newer,
      counts: known.counts,
      liked: Boolean((isForMe && this.#isLatest(post.id, 'like', post.counts) ? post : known).liked),
      reposted: Boolean((isForMe && this.#isLatest(post.id, 'repost', post.counts) ? post : known).reposted),
    };
    this.#posts.set(post.id, taken);
    this.count(post.id, post.counts);
    return taken;
  }

  /** Takes numbers, unless newer ones are known. */
  count(id: number, counts: Counts): void {
    const post = this.#posts.get(id);
    if (!post || (counts.v ?? 0) <= (post.counts.v ?? 0)) return;
    if (!this.#held.has(id)) post.counts = counts;
    else if ((counts.v ?? 0) > (this.#held.get(id)?.v ?? 0)) this.#held.set(id, counts);
  }

  /** Sets the own state of a post, unless a newer one is known. */
  // The reply of a call may arrive after the publication of what another window did later.
  mark(id: number, mark: Mark, on: boolean, counts: Counts): void {
    const post = this.#posts.get(id);
    if (!post || !this.#isLatest(id, mark, counts)) return;
    this.#marked.set(id, { ...this.#marked.get(id), [mark]: counts.v ?? 0 });
    post[mark === 'like' ? 'liked' : 'reposted'] = on;
  }

  /** Holds the numbers of a post back while a call is on its way: they may count it before its result says so. */
  hold(id: number): void {
    if (!this.#held.has(id)) this.#held.set(id, undefined);
  }

  release(id: number): void {
    const counts = this.#held.get(id);
    this.#held.delete(id);
    if (counts) this.count(id, counts);
  }

  get size(): number {
    return this.#posts.size;
  }

  /** Forgets the posts that no list needs. */
  keep(ids: ReadonlySet<number>): void {
    for (const id of this.#posts.keys()) {
      if (ids.has(id)) continue;
      this.#posts.delete(id);
      this.#marked.delete(id);
    }
  }

  get ids(): number[] {
    return [...this.#posts.keys()];
  }

  #isLatest(id: number, mark: Mark, { v = 0 }: Counts): boolean {
    return v >= (this.#marked.get(id)?.[mark] ?? 0);
  }
}

using Duplex.Messaging;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Polling;
using Showcase.Conversations;
using Showcase.Social.Notifications;
using Showcase.Social.Posts;
using Showcase.Visitors;

namespace Showcase.Social;

/// <summary>Maps the calls that write, change and delete posts.</summary>
internal static class SocialWriting
{
    private const long SameTextMilliseconds = 3_600_000;

    public static void MapWriting(this DuplexEndpointConventionBuilder hub)
    {
        hub.MapRpc("social.post", async (WriteParams write, ClientContext client, SocialStore store, SocialFeed feed, IHub channels, TimeProvider time) =>
        {
            var author = Visitor.WithKey(client, "post");
            var draft = new Post(0, author.User, author.Name, SocialRules.Text(write.Text), time.GetUtcNow().ToUnixTimeMilliseconds(), MessageText.ClientId(write.ClientId))
            {
                ReplyTo = write.ReplyTo is { } id ? SocialRules.Id(id) : null,
            };
            using var turn = await store.Turns.TakeAsync();
            if (store.Posts.Find(author.User, draft.ClientId) is { } stored) return new PostResult(stored);
            author.Take(SocialEndpoints.Write);
            var parent = draft.ReplyTo is null ? null : SocialRules.Readable(store, draft.ReplyTo, author.User);
            if (store.Posts.HasPosted(author.User, draft.Text, draft.Time - SameTextMilliseconds)) throw new ClientException(409, "You have posted this text within the last hour.");
            var post = store.Write(() =>
            {
                var added = store.Posts.Add(draft with { Thread = parent?.Thread ?? parent?.Id });
                if (parent is not null) feed.Notify(new(parent.User, NotificationKind.Reply, parent.Id), author.User, author.Name, on: true);
                return added;
            });
            await channels.PublishPostAsync(store, post);
            return new PostResult(post);
        });

        hub.MapRpc("social.edit", async (EditParams edit, ClientContext client, SocialStore store, IHub channels, TimeProvider time) =>
        {
            var (author, text) = (Visitor.WithKey(client), SocialRules.Text(edit.Text));
            using var turn = await store.Turns.TakeAsync();
            var post = SocialRules.Own(store, edit.Post, author.User);

            // An edit whose reply was lost is sent again and changes nothing.
            if (post.Text == text) return new PostResult(post);
            author.Take(SocialEndpoints.Write);
            if (post.Revision >= SocialRules.MaxVersions) throw new ClientException(400, $"A post has at most {SocialRules.MaxVersions} edits.");
            var edited = store.Write(() => store.Posts.Edit(post, text, time.GetUtcNow().ToUnixTimeMilliseconds()));
            await channels.PublishAsync("changes:posts", new ChangeEvent("edit", edited.Id, edited));
            return new PostResult(edited);
        });

        hub.MapRpc("social.delete", async (IdParams deletion, ClientContext client, SocialStore store, IHub channels) =>
        {
            var author = Visitor.WithKey(client);
            author.Take(SocialEndpoints.Mark);
            using var turn = await store.Turns.TakeAsync();
            if (store.Posts.Find(SocialRules.Id(deletion.Post)) is { Deleted: true } gone && gone.User == author.User) return new PostResult(gone);
            var post = SocialRules.Own(store, deletion.Post, author.User);
            var deleted = store.Write(() =>
            {
                store.Notifications.Remove(post.User, post.Id);
                return store.Posts.Delete(post);
            });
            await channels.PublishAsync("changes:posts", new ChangeEvent("delete", post.Id, deleted));
            await channels.Polls.PublishAsync("counts:posts", PolledItem.Removed($"{post.Id}"));
            return new PostResult(deleted);
        });
    }

    /// <summary>Publishes a new post to everybody and to the homes of its author's followers, or a reply to its thread; only within a turn.</summary>
    public static async Task PublishPostAsync(this IHub channels, SocialStore store, Post post)
    {
        var published = new PostEvent(new(post.Id, post.User, post.Name, post));
        if (post.Thread is { } thread)
        {
            await channels.PublishAsync($"thread:{thread}", published);
            return;
        }

        await channels.PublishAsync("square:all", published);
        await channels.PublishHomeAsync(store, published.Entry);
    }

    /// <summary>Publishes an entry to the homes of those who follow its person; only within a turn.</summary>
    public static async Task PublishHomeAsync(this IHub channels, SocialStore store, Entry entry) => await channels.BroadcastAsync(
        store.Relations.Audience(entry.User, entry.Post.User).ConvertAll(static user => $"home:#{user}"), new PostEvent(entry));
}

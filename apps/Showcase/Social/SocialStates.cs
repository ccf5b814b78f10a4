using Duplex.Messaging;
using Duplex.Messaging.Clients;
using Showcase.Hosting;
using Showcase.Social.Notifications;
using Showcase.Social.People;
using Showcase.Visitors;

namespace Showcase.Social;

/// <summary>Maps the calls that set a state: likes, reposts, relations and the read marker. A state is set, never toggled, so that a call can be sent again.</summary>
internal static class SocialStates
{
    public static void MapStates(this DuplexEndpointConventionBuilder hub)
    {
        hub.MapRpc("social.like", async (StateParams like, ClientContext client, SocialStore store, SocialFeed feed, IHub channels) =>
        {
            var (visitor, on) = (Marker(client), SocialRules.On(like.On));
            using var turn = await store.Turns.TakeAsync();
            var post = SocialRules.Readable(store, like.Post, visitor.User);
            if (on && !post.Liked) SocialRules.CheckRoom(store, visitor.User);
            var (counts, isChanged) = store.Write(() =>
            {
                var liked = store.Posts.Like(post.Id, visitor.User, on);
                if (liked.IsChanged) feed.Notify(new(post.User, NotificationKind.Like, post.Id), visitor.User, visitor.Name, on);
                return liked;
            });
            if (isChanged) await channels.PublishAsync(OwnOf(visitor.User), new OwnEvent("like", on, post.Id, counts.Version));
            return new StateResult(on, counts);
        });

        hub.MapRpc("social.repost", async (StateParams repost, ClientContext client, SocialStore store, SocialFeed feed, IHub channels) =>
        {
            var (visitor, on) = (Marker(client), SocialRules.On(repost.On));
            using var turn = await store.Turns.TakeAsync();
            var post = SocialRules.Repostable(store, repost.Post, visitor.User);
            if (on && !post.Reposted) SocialRules.CheckRoom(store, visitor.User);
            var (counts, entry) = store.Write(() =>
            {
                var reposted = store.Posts.Repost(post, visitor.User, visitor.Name, on);
                if (reposted.Entry is not null) feed.Notify(new(post.User, NotificationKind.Repost, post.Id), visitor.User, visitor.Name, on);
                return reposted;
            });
            if (entry is { } id)
            {
                await channels.PublishAsync(OwnOf(visitor.User), new OwnEvent("repost", on, post.Id, counts.Version));
                if (on) await channels.PublishHomeAsync(store, new(id, visitor.User, visitor.Name, store.Posts.Find(post.Id)!));
                else await channels.PublishAsync("changes:posts", new ChangeEvent("withdraw", id));
            }

            return new StateResult(on, counts);
        });

        foreach (var kind in Enum.GetValues<RelationKind>())
        {
            hub.MapRpc($"social.{CamelCaseEnum<RelationKind>.NameOf(kind)}", async (
                RelateParams relate, ClientContext client, SocialStore store, SocialFeed feed, IHub channels) =>
            {
                var (visitor, on) = (Marker(client), SocialRules.On(relate.On));
                using var turn = await store.Turns.TakeAsync();
                var relation = SocialRules.Relation(store, kind, visitor.User, relate.User, on);
                var isChanged = store.Write(() =>
                {
                    var isSet = store.Relations.Set(visitor.User, relation, on);
                    if (isSet && kind == RelationKind.Follow) feed.Notify(new(relation.User, NotificationKind.Follow, 0), visitor.User, visitor.Name, on);
                    return isSet;
                });
                if (isChanged) await channels.PublishAsync(OwnOf(visitor.User), new OwnEvent("relation", on, Relation: relation));
                return new RelateResult(on, relation);
            });
        }

        hub.MapRpc("social.read", async (SeqParams read, ClientContext client, SocialStore store, IHub channels) =>
        {
            var (visitor, seq) = (Marker(client), SocialRules.Id(read.Seq));
            using var turn = await store.Turns.TakeAsync();
            var marker = store.Notifications.MoveRead(visitor.User, seq);
            await channels.PublishAsync($"notifications:#{visitor.User}", new NotificationEvent(null, marker), new() { Key = "read" });
            return new SeqResult(marker);
        });
    }

    private static Visitor Marker(ClientContext client)
    {
        var visitor = Visitor.WithKey(client, "like, repost and follow");
        visitor.Take(SocialEndpoints.Mark);
        return visitor;
    }

    private static string OwnOf(string user) => $"own:#{user}";
}

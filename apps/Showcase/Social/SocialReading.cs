using Duplex.Messaging.Clients;
using Duplex.Messaging.Errors;
using Showcase.Social.Bots;
using Showcase.Visitors;

namespace Showcase.Social;

/// <summary>Maps the calls that read.</summary>
internal static class SocialReading
{
    public static void MapReading(this DuplexEndpointConventionBuilder hub)
    {
        hub.MapRpc("social.page", async (PageParams page, ClientContext client, SocialStore store) =>
        {
            var reader = Reader(client);
            var of = SocialRules.Timeline(page.Of, reader);
            using var turn = await store.Turns.TakeAsync();
            return SocialEndpoints.PageOf(store, of, reader, page.Before, page.After);
        });

        hub.MapRpc("social.posts", async (IdsParams posts, ClientContext client, SocialStore store) =>
        {
            var (reader, ids) = (Reader(client), SocialRules.Ids(posts.Posts));
            using var turn = await store.Turns.TakeAsync();
            return new PostsResult(store.Posts.Find(ids, reader.User));
        });

        hub.MapRpc("social.replies", async (RepliesParams replies, ClientContext client, SocialStore store) =>
        {
            var (reader, thread, before) = (Reader(client), SocialRules.Id(replies.Thread), SocialRules.Id(replies.Before));
            using var turn = await store.Turns.TakeAsync();
            return SocialEndpoints.RepliesOf(store, thread, before, reader);
        });

        hub.MapRpc("social.versions", async (IdParams post, ClientContext client, SocialStore store) =>
        {
            var reader = Reader(client);
            using var turn = await store.Turns.TakeAsync();
            return new VersionsResult(store.Posts.Versions(SocialRules.Readable(store, post.Post, reader.User).Id));
        });

        hub.MapRpc("social.profile", async (UserParams profile, ClientContext client, SocialStore store) =>
        {
            var (_, user) = (Reader(client), SocialRules.User(profile.User));
            using var turn = await store.Turns.TakeAsync();
            var name = store.Posts.NameOf(user) ?? throw new ClientException(404, "There is no such person, or the person has no post.");
            var bot = Bot.Find(user);
            return new Profile(
                user, name, bot is not null, bot?.About, store.Relations.CountOf(user, People.RelationKind.Follow), store.Relations.FollowersOf(user));
        });
    }

    private static Visitor Reader(ClientContext client)
    {
        var reader = Visitor.Of(client);
        reader.Take(SocialEndpoints.Read);
        return reader;
    }
}

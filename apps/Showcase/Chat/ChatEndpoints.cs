using Duplex.AspNetCore.Hosting;
using Duplex.Messaging;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Publications;
using Showcase.Visitors;

namespace Showcase.Chat;

/// <summary>The chat's channels and calls: docs/protocol/chat.md.</summary>
public static class ChatEndpoints
{
    private const int LatestMessages = 50, MaxPage = 100, MaxText = 2000;

    // A reader's progress is of the moment: who returns gets it with the subscription.
    private static readonly PublishOptions OfTheMoment = new() { SkipHistory = true };

    /// <summary>Registers the chat and its namespaces.</summary>
    public static DuplexBuilder AddChat(this DuplexBuilder duplex, Action<ChatOptions> configure)
    {
        duplex.Services.Configure(configure);
        duplex.Services.AddSingleton<ChatStore>();
        duplex.Services.AddHostedService(services => services.GetRequiredService<ChatStore>());
        return duplex
            .AddJsonContext(ChatJson.Default)
            .AddNamespace("chat", ns =>
            {
                ns.HistorySize = 200;
                ns.HistoryTtl = TimeSpan.FromHours(24);
                ns.Recovery = true;
                ns.Presence = true;
                ns.JoinLeave = true;
                ns.ForceJoinLeave = true;
                ns.AllowPresenceForSubscriber = true;
            })
            .AddNamespace("typing", _ => { });
    }

    /// <summary>Maps the chat.</summary>
    public static void MapChat(this IEndpointRouteBuilder app)
    {
        app.MapChannel("chat:{room}").OnSubscribe((string room, ChatStore store) =>
        {
            ChatRooms.Find(room);
            return store.RunAsync(tables => new RoomData(tables.Page(room, long.MaxValue, LatestMessages), tables.Markers(room)));
        });

        app.MapChannel("typing:{room}")
            .OnSubscribe((string room) => ChatRooms.Find(room).Length > 0)
            .OnPublish((ClientContext client) => Writer(client).User.Length > 0 ? new Typing() : null);

        app.MapRpc("chat.rooms", (ClientContext client, ChatStore store) =>
        {
            var visitor = Visitor.Of(client);
            return store.RunAsync(tables => new RoomsResult([.. ChatRooms.All.Select(room => new RoomSummary(
                room.Name, room.Title, tables.Page(room.Name, long.MaxValue, 1).FirstOrDefault(), tables.Unread(room.Name, visitor.User)))]));
        });

        app.MapRpc("chat.send", async (SendParams message, ClientContext client, ChatStore store, IHub hub, TimeProvider time) =>
        {
            var (author, room) = (Writer(client), ChatRooms.Find(message.Room));
            var draft = new ChatMessage(
                0, room, author.User, author.Name, TextOf(message), time.GetUtcNow().ToUnixTimeMilliseconds(), ClientIdOf(message));
            var (stored, _) = await store.RunAsync(
                tables => tables.Append(draft),
                async result =>
                {
                    if (result.IsNew) await hub.PublishAsync($"chat:{room}", new MessageEvent(result.Message));
                });
            return new SentResult(stored);
        });

        app.MapRpc("chat.history", (HistoryParams page, ClientContext client, ChatStore store) =>
        {
            Visitor.Of(client);
            var room = ChatRooms.Find(page.Room);
            var limit = page.Limit is null ? MaxPage : page.Limit is >= 1 and <= MaxPage ? page.Limit.Value
                : throw new ClientException(400, $"limit is out of range: 1 to {MaxPage}.");
            return store.RunAsync(tables =>
            {
                var messages = tables.Page(room, page.Before ?? long.MaxValue, limit + 1);
                return messages.Count > limit
                    ? new HistoryResult(messages[1..], More: true)
                    : new HistoryResult(messages, More: false);
            });
        });

        app.MapRpc("chat.read", async (ReadParams read, ClientContext client, ChatStore store, IHub hub) =>
        {
            var (reader, room) = (Writer(client), ChatRooms.Find(read.Room));
            var id = read.Id is > 0 ? read.Id.Value : throw new ClientException(400, "id must be the id of a message.");
            await store.RunAsync(
                tables => tables.Mark(room, reader.User, reader.Name, id),
                async marked =>
                {
                    if (marked is { } at) await hub.PublishAsync($"chat:{room}", new ReadEvent(reader.User, reader.Name, at), OfTheMoment);
                });
            return new ReadResult();
        });
    }

    private static Visitor Writer(ClientContext client) => Visitor.Of(client) is { User.Length: > 0 } visitor ? visitor
        : throw new ClientException(401, "Connect with a key to write.");

    private static string TextOf(SendParams message) => message.Text?.Trim() is { Length: > 0 and <= MaxText } text ? text
        : throw new ClientException(400, $"text must have 1 to {MaxText} characters.");

    private static string ClientIdOf(SendParams message) => message.ClientId is { Length: >= 8 and <= 64 } id ? id
        : throw new ClientException(400, "clientId must have 8 to 64 characters: make one up for each message.");
}

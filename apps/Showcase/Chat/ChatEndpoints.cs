using Duplex.AspNetCore.Hosting;
using Duplex.Messaging;
using Duplex.Messaging.Channels;
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
            .AddNamespace("typing", _ => { })
            // What these say is state, not events: whoever reads too slowly skips to the latest of each room.
            .AddNamespace("rooms", ns => ns.SlowConsumers = SlowConsumerPolicy.Conflate)
            .AddNamespace("reads", ns => ns.SlowConsumers = SlowConsumerPolicy.Conflate);
    }

    /// <summary>The channel that tells a user's windows how far that user has read; the server subscribes them to it.</summary>
    public static string ReadsOf(string user) => $"reads:#{user}";

    /// <summary>Maps the chat.</summary>
    public static void MapChat(this IEndpointRouteBuilder app)
    {
        app.MapChannel("rooms:latest").OnSubscribe((ClientContext client, ChatStore store) => store.RunAsync(tables =>
            new RoomsData([.. ChatRooms.All.Select(room => new RoomSummary(
                room.Name, room.Title, tables.Latest(room.Name), tables.Marker(room.Name, client.User)))])));

        app.MapChannel("chat:{room}").OnSubscribe((string room, ChatStore store) =>
        {
            ChatRooms.Find(room);
            return store.RunAsync(tables => new RoomData(tables.Page(room, long.MaxValue, LatestMessages), tables.Markers(room)));
        });

        app.MapChannel("typing:{room}")
            .OnSubscribe((string room) => { ChatRooms.Find(room); })
            .OnPublish((ClientContext client) =>
            {
                Writer(client);
                return new Typing();
            });

        app.MapRpc("chat.send", async (SendParams message, ClientContext client, ChatStore store, IHub hub, TimeProvider time) =>
        {
            var (author, room) = (Writer(client), ChatRooms.Find(message.Room));
            var draft = new ChatMessage(
                0, room, author.User, author.Name, TextOf(message), time.GetUtcNow().ToUnixTimeMilliseconds(), ClientIdOf(message));
            var (stored, _) = await store.RunAsync(tables => tables.Append(draft), async added =>
            {
                if (!added.IsNew) return;
                await hub.PublishAsync($"chat:{room}", new MessageEvent(added.Message));
                await hub.PublishAsync("rooms:latest", added.Message, new() { Key = room });
            });
            return new SentResult(stored);
        });

        app.MapRpc("chat.history", (HistoryParams page, ClientContext client, ChatStore store) =>
        {
            Visitor.Of(client);
            var (room, limit) = (ChatRooms.Find(page.Room), LimitOf(page));
            return store.RunAsync(tables =>
            {
                var messages = tables.Page(room, page.Before ?? long.MaxValue, limit + 1);
                return new HistoryResult([.. messages.TakeLast(limit)], More: messages.Count > limit);
            });
        });

        app.MapRpc("chat.read", async (ReadParams read, ClientContext client, ChatStore store, IHub hub) =>
        {
            var (reader, room, id) = (Writer(client), ChatRooms.Find(read.Room), IdOf(read));
            await store.RunAsync(tables => tables.Mark(room, reader.User, reader.Name, id), async marked =>
            {
                if (marked is not { } at) return;
                await hub.PublishAsync($"chat:{room}", new ReadEvent(reader.User, reader.Name, at), OfTheMoment);
                await hub.PublishAsync(ReadsOf(reader.User), new RoomRead(room, at), new() { Key = room });
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

    private static int LimitOf(HistoryParams page) => page.Limit is null ? MaxPage : page.Limit is >= 1 and <= MaxPage ? page.Limit.Value
        : throw new ClientException(400, $"limit is out of range: 1 to {MaxPage}.");

    private static long IdOf(ReadParams read) => read.Id is > 0 ? read.Id.Value
        : throw new ClientException(400, "id must be the id of a message.");
}

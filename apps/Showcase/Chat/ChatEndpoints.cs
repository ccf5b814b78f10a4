using Duplex.AspNetCore.Hosting;
using Duplex.Messaging;
using Duplex.Messaging.Application;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Publications;
using Microsoft.Extensions.Options;
using Showcase.Conversations;
using Showcase.Hosting;
using Showcase.Visitors;

namespace Showcase.Chat;

/// <summary>Registers and maps the chat's channels and calls, which docs/protocol/chat.md describes.</summary>
public static class ChatEndpoints
{
    private const int LatestMessages = 50, MaxPage = 100, MaxText = 2000;

    private static readonly (string Name, string Title)[] Rooms =
        [("lobby", "Lobby"), ("markets", "Markets"), ("engineering", "Engineering"), ("random", "Random")];

    // Read markers need no history: the subscribe reply carries their current state.
    private static readonly PublishOptions WithoutHistory = new() { SkipHistory = true };

    /// <summary>Registers the chat, its options and its namespaces.</summary>
    /// <param name="duplex">The builder.</param>
    /// <param name="folder">The folder of the chat's database.</param>
    public static DuplexBuilder AddChat(this DuplexBuilder duplex, string folder)
    {
        duplex.Services.AddSection<ChatOptions>("Chat");
        duplex.Services.AddSingleton(services => new ChatStore(folder, services.GetRequiredService<IOptions<ChatOptions>>().Value));
        duplex.Services.AddHealthChecks().AddCheck<ChatHealth>("chat", timeout: Health.Timeout);
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
            // These channels carry state, not events: a slow consumer skips to the latest publication of each room.
            .AddNamespace("rooms", ns => ns.SlowConsumers = SlowConsumerPolicy.Conflate)
            .AddNamespace("reads", ns => ns.SlowConsumers = SlowConsumerPolicy.Conflate);
    }

    /// <summary>Returns the channel of a user's own read markers. The server subscribes every connection of the user to it.</summary>
    public static string ReadsOf(string user) => $"reads:#{user}";

    /// <summary>Maps the chat's channels and calls.</summary>
    public static void MapChat(this DuplexEndpointConventionBuilder hub)
    {
        // The store is created at startup, so that a folder that is not writable fails the start and not the first visitor.
        hub.ServiceProvider.GetRequiredService<ChatStore>();

        hub.MapChannel("rooms:latest").OnSubscribe(async (ClientContext client, ChatStore store) =>
        {
            Visitor.Of(client);
            using var turn = await store.Turns.TakeAsync();
            return SubscribeDecision.Allow(new RoomsData([.. Rooms.Select(room => new RoomSummary(
                room.Name, room.Title, store.Messages.Latest(room.Name), store.Markers.Of(room.Name, client.User)))]));
        });

        hub.MapChannel("chat:{room}").OnSubscribe(async (string room, ClientContext client, ChatStore store) =>
        {
            Visitor.Of(client);
            EnsureExists(room);
            using var turn = await store.Turns.TakeAsync();
            return SubscribeDecision.Allow(new RoomData(store.Messages.Page(room, long.MaxValue, LatestMessages), store.Markers.Of(room)));
        }).OnPresence((ClientContext client) =>
        {
            Visitor.Of(client);
            return true;
        });

        hub.MapChannel("typing:{room}")
            .OnSubscribe((string room, ClientContext client) =>
            {
                Visitor.Of(client);
                EnsureExists(room);
                return true;
            })
            .OnPublish((ClientContext client) =>
            {
                Writer(client).Take(Act.Sign);
                return PublishDecision.Allow(new Typing());
            });

        hub.MapRpc("chat.send", async (SendParams message, ClientContext client, ChatStore store, IHub channels, TimeProvider time) =>
        {
            var (author, room) = (Writer(client), EnsureExists(message.Room));
            var draft = new Message(
                0, room, author.User, author.Name, TextOf(message), time.GetUtcNow().ToUnixTimeMilliseconds(), ClientIdOf(message));
            author.Take(Act.Message);
            author.Take(Act.Character, draft.Text.Length);
            using var turn = await store.Turns.TakeAsync();
            var (stored, isNew) = store.Messages.Append(draft);
            if (isNew)
            {
                await channels.PublishAsync($"chat:{room}", new MessageEvent(stored));
                await channels.PublishAsync("rooms:latest", stored, new() { Key = room });
            }

            return new SentResult(stored);
        });

        hub.MapRpc("chat.history", async (HistoryParams page, ClientContext client, ChatStore store) =>
        {
            Visitor.Of(client);
            var (room, limit) = (EnsureExists(page.Room), LimitOf(page));
            using var turn = await store.Turns.TakeAsync();
            var messages = store.Messages.Page(room, page.Before ?? long.MaxValue, limit + 1);
            return new HistoryResult([.. messages.TakeLast(limit)], More: messages.Count > limit);
        });

        hub.MapRpc("chat.read", async (ReadParams read, ClientContext client, ChatStore store, IHub channels) =>
        {
            var (reader, room, id) = (Writer(client), EnsureExists(read.Room), IdOf(read));
            reader.Take(Act.Sign);
            using var turn = await store.Turns.TakeAsync();
            if (store.Markers.Move(room, reader.User, reader.Name, id) is { } marked)
            {
                await channels.PublishAsync($"chat:{room}", new ReadEvent(reader.User, reader.Name, marked), WithoutHistory);
                await channels.PublishAsync(ReadsOf(reader.User), new RoomRead(room, marked), new() { Key = room });
            }

            return new ReadResult();
        });
    }

    private static Visitor Writer(ClientContext client) => Visitor.Of(client) is { User.Length: > 0 } visitor ? visitor
        : throw new ClientException(401, "Connect with a key to write.");

    private static string EnsureExists(string? room) => Rooms.Any(candidate => candidate.Name == room) ? room!
        : throw new ClientException(404, $"There is no such room: use one of {string.Join(", ", Rooms.Select(candidate => candidate.Name))}.");

    private static string TextOf(SendParams message) => message.Text?.Trim() is { Length: > 0 and <= MaxText } text ? text
        : throw new ClientException(400, $"text must have 1 to {MaxText} characters.");

    private static string ClientIdOf(SendParams message) => message.ClientId is { Length: >= 8 and <= 64 } id ? id
        : throw new ClientException(400, "clientId must have 8 to 64 characters: generate one for each message.");

    private static int LimitOf(HistoryParams page) => page.Limit is null ? MaxPage : page.Limit is >= 1 and <= MaxPage ? page.Limit.Value
        : throw new ClientException(400, $"limit is out of range: 1 to {MaxPage}.");

    private static long IdOf(ReadParams read) => read.Id is > 0 ? read.Id.Value
        : throw new ClientException(400, "id must be the id of a message.");
}

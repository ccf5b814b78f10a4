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
using Showcase.Storage;
using Showcase.Visitors;

namespace Showcase.Chat;

/// <summary>Registers and maps the chat's channels and calls, which docs/protocol/chat.md describes.</summary>
public static class ChatEndpoints
{
    private const int LatestMessages = 50, MaxReactions = 20;

    private static readonly Act Search = new("You are searching too fast");

    // A reaction or a deletion publishes the whole message, so they are rarer than other signals.
    private static readonly Act React = new("You are changing messages too fast");

    // Read markers need no history: the subscribe reply carries their current state.
    private static readonly PublishOptions WithoutHistory = new() { SkipHistory = true };

    /// <summary>Registers the chat, its options and its namespaces.</summary>
    /// <param name="duplex">The builder.</param>
    /// <param name="folder">The folder of the chat's database.</param>
    public static DuplexBuilder AddChat(this DuplexBuilder duplex, string folder)
    {
        duplex.Services.AddSection<ChatOptions>("Chat");
        duplex.Services.AddStore("chat", (ChatOptions options) => new ChatStore(folder, options));
        duplex.Services.Configure<VisitorOptions>(static limits =>
        {
            (limits.Person[Search], limits.Address[Search]) = (new(10, 1), new(60, 5));
            (limits.Person[React], limits.Address[React]) = (new(10, 0.5), new(30, 3));
        });
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
        var services = hub.ServiceProvider;
        var store = services.GetRequiredService<ChatStore>();
        if (services.GetRequiredService<IOptions<ChatOptions>>().Value.Welcomes)
            WelcomeMessages.Write(store.Messages, services.GetRequiredService<TimeProvider>().GetUtcNow());

        MapChannels(hub);
        MapReading(hub);
        MapWriting(hub);
    }

    private static void MapChannels(DuplexEndpointConventionBuilder hub)
    {
        hub.MapChannel("rooms:latest").OnSubscribe(async (ClientContext client, ChatStore store) =>
        {
            Visitor.Of(client);
            using var turn = await store.Turns.TakeAsync();
            return SubscribeDecision.Allow(new RoomsData([.. ChatRules.Rooms.Select(room => new RoomSummary(
                room.Name, room.Title, store.Messages.Latest(room.Name), store.Markers.Of(room.Name, client.User)))]));
        });

        hub.MapChannel("chat:{room}").OnSubscribe(async (string room, ClientContext client, ChatStore store) =>
        {
            var visitor = Visitor.Of(client);
            ChatRules.Room(room);
            using var turn = await store.Turns.TakeAsync();
            return SubscribeDecision.Allow(new RoomData(store.Messages.Page(room, long.MaxValue, LatestMessages), store.Markers.Of(room))) with
            {
                Info = new VisitorInfo(visitor.Name),
            };
        }).OnPresence((ClientContext client) =>
        {
            Visitor.Of(client);
            return true;
        });

        hub.MapChannel("typing:{room}")
            .OnSubscribe((string room, ClientContext client) =>
            {
                Visitor.Of(client);
                ChatRules.Room(room);
                return true;
            })
            .OnPublish((ClientContext client) =>
            {
                Visitor.WithKey(client).Take(Act.Sign);
                return PublishDecision.Allow(new Typing());
            });
    }

    private static void MapReading(DuplexEndpointConventionBuilder hub)
    {
        hub.MapRpc("chat.history", async (HistoryParams page, ClientContext client, ChatStore store) =>
        {
            Visitor.Of(client);
            var (room, limit) = (ChatRules.Room(page.Room), ChatRules.Limit(page.Limit));
            using var turn = await store.Turns.TakeAsync();
            return store.Messages.History(room, page.Before, limit);
        });

        hub.MapRpc("chat.search", async (SearchParams search, ClientContext client, ChatStore store) =>
        {
            var (visitor, room, text) = (Visitor.Of(client), ChatRules.Room(search.Room), ChatRules.SearchText(search.Text));
            visitor.Take(Search);
            using var turn = await store.Turns.TakeAsync();
            return new SearchResult(store.Messages.Search(room, text, ChatRules.MaxFound));
        });

        hub.MapRpc("chat.read", async (ReadParams read, ClientContext client, ChatStore store, IHub channels) =>
        {
            var (reader, room, id) = (Visitor.WithKey(client), ChatRules.Room(read.Room), ChatRules.Id(read.Id));
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

    private static void MapWriting(DuplexEndpointConventionBuilder hub)
    {
        hub.MapRpc("chat.send", async (SendParams message, ClientContext client, ChatStore store, IHub channels, TimeProvider time) =>
        {
            var (author, room) = (Visitor.WithKey(client), ChatRules.Room(message.Room));
            var draft = new Message(
                0, room, author.User, author.Name, MessageText.Checked(message.Text), time.GetUtcNow().ToUnixTimeMilliseconds(), MessageText.ClientId(message.ClientId))
            {
                ReplyTo = message.ReplyTo is { } id ? ChatRules.Id(id) : null,
            };
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

        hub.MapRpc("chat.edit", (EditParams edit, ClientContext client, ChatStore store, IHub channels, TimeProvider time) =>
        {
            var (author, text) = (Visitor.WithKey(client), MessageText.Checked(edit.Text));
            author.Take(Act.Message);
            author.Take(Act.Character, text.Length);
            return ChangeAsync(store, channels, edit.Room, edit.Id, message => OwnedBy(author, message) with
            {
                Text = text,
                Edited = time.GetUtcNow().ToUnixTimeMilliseconds(),
            });
        });

        hub.MapRpc("chat.delete", (MessageParams message, ClientContext client, ChatStore store, IHub channels) =>
        {
            var author = Visitor.WithKey(client);
            author.Take(React);
            return ChangeAsync(store, channels, message.Room, message.Id, stored => OwnedBy(author, stored) with
            {
                Text = "",
                IsDeleted = true,
                Reactions = null,
            });
        });

        hub.MapRpc("chat.react", (ReactParams reaction, ClientContext client, ChatStore store, IHub channels) =>
        {
            var (visitor, emoji) = (Visitor.WithKey(client), ChatRules.Emoji(reaction.Emoji));
            visitor.Take(React);
            return ChangeAsync(store, channels, reaction.Room, reaction.Id, message =>
            {
                var others = (message.Reactions ?? []).Where(other => other.User != visitor.User || other.Emoji != emoji).ToList();
                if (reaction.On == false) return message with { Reactions = others };
                if (others.Count >= MaxReactions) throw new ClientException(400, $"A message has at most {MaxReactions} reactions.");
                return message with { Reactions = [.. others, new Reaction(emoji, visitor.User, visitor.Name)] };
            });
        });
    }

    private static Message OwnedBy(Visitor author, Message message) => message.User == author.User ? message
        : throw new ClientException(403, "Only the author can change a message.");

    // Every change publishes the whole message: a page that misses one state is right again with the next.
    private static async Task<SentResult> ChangeAsync(ChatStore store, IHub channels, string? room, long? id, Func<Message, Message> change)
    {
        var (name, number) = (ChatRules.Room(room), ChatRules.Id(id));
        using var turn = await store.Turns.TakeAsync();
        var message = store.Messages.Find(name, number) ?? throw new ClientException(404, "There is no such message.");
        if (message.IsDeleted) throw new ClientException(410, "The message was deleted.");
        var stored = store.Messages.Change(change(message));
        await channels.PublishAsync($"chat:{name}", new MessageEvent(stored, "changed"));
        if (store.Messages.Latest(name)!.Id == number) await channels.PublishAsync("rooms:latest", stored, new() { Key = name });
        return new SentResult(stored);
    }
}

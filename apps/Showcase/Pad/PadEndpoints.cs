using System.Text.Json;
using Duplex.AspNetCore.Hosting;
using Duplex.Messaging;
using Duplex.Messaging.Application;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Publications;
using Microsoft.Extensions.Options;
using Showcase.Hosting;
using Showcase.Pad.Documents;
using Showcase.Storage;
using Showcase.Visitors;

namespace Showcase.Pad;

/// <summary>Registers the documents and maps their channels and calls, which docs/protocol/pad.md describes.</summary>
internal static class PadEndpoints
{
    private static readonly Act Insert = new("You are inserting text too fast"), Point = new("Your cursor moves too fast");
    private static readonly Act ReadHistory = new("You are reading histories too fast");
    private static readonly PublishOptions WithoutHistory = new() { SkipHistory = true };

    /// <summary>The visitor sends a push.</summary>
    public static Act Change { get; } = new("You are sending changes too fast");

    /// <summary>The visitor creates a document.</summary>
    public static Act Create { get; } = new("You are creating documents too fast");

    /// <summary>Returns the channel of a document.</summary>
    public static string ChannelOf(string document) => $"pad:{document}";

    /// <summary>Returns the name of a person in the presence of a document.</summary>
    public static string NameOf(ClientInfo person) =>
        person.ChannelInfo.IsEmpty ? "" : JsonSerializer.Deserialize(person.ChannelInfo.Span, VisitorJson.Default.VisitorInfo)?.Name ?? "";

    /// <summary>Registers the documents, their options and their namespaces.</summary>
    public static DuplexBuilder AddPad(this DuplexBuilder duplex, string folder)
    {
        duplex.Services.AddSection<PadOptions>("Pad");
        duplex.Services.AddStore("pad", (PadOptions options) => new DocumentStore(folder, options));
        duplex.Services.AddBackground<DocumentList>();
        duplex.Services.Configure<VisitorOptions>(static limits =>
        {
            (limits.Person[Change], limits.Address[Change]) = (new(30, 10), new(400, 200));
            (limits.Person[Insert], limits.Address[Insert]) = (new(100_000, 4000), new(400_000, 16_000));
            (limits.Person[Create], limits.Address[Create]) = (new(5, 20.0 / 3600), new(20, 60.0 / 3600));
            (limits.Person[Point], limits.Address[Point]) = (new(30, 12), new(400, 200));
            (limits.Person[ReadHistory], limits.Address[ReadHistory]) = (new(60, 5), new(200, 20));
        });
        return duplex
            .AddJsonContext(PadJson.Default)
            .AddNamespace("pad", ns =>
            {
                // A longer absence is bridged by the log on the disk.
                ns.HistorySize = 500;
                ns.HistoryTtl = TimeSpan.FromMinutes(10);
                ns.Recovery = true;
                ns.Presence = true;
                ns.SlowConsumers = SlowConsumerPolicy.Disconnect;
            })
            // A browser runs the timers of a hidden tab once a minute.
            .AddNamespace("cursors", static ns => MapNamespaces.OfClients(ns, TimeSpan.FromMinutes(3)))
            .AddNamespace("pads", MapNamespaces.List);
    }

    /// <summary>Maps the documents' channels and calls.</summary>
    public static void MapPad(this DuplexEndpointConventionBuilder hub)
    {
        // The welcome document is created at startup, so that a folder that is not writable fails the start.
        hub.ServiceProvider.GetRequiredService<DocumentList>().Load();
        MapChannels(hub);
        MapDocuments(hub);
        hub.MapRpc("pad.push", PushAsync);
    }

    private static void MapChannels(DuplexEndpointConventionBuilder hub)
    {
        hub.MapChannel("pad:{doc}")
            .OnSubscribe(async (string doc, JoinData? join, ClientContext client, DocumentStore store) =>
            {
                var visitor = Visitor.Of(client);
                var data = await store.RunAsync(() => DataOf(store, PadRules.Document(store, doc), join, visitor));
                return SubscribeDecision.Allow(data) with { Info = new VisitorInfo(visitor.Name) };
            })
            .OnJoin(static (string doc, DocumentList list) => list.Touch(doc))
            .OnLeave(static (string doc, DocumentList list) => list.Touch(doc));

        hub.MapChannel("cursors:{doc}")
            .OnSubscribe(async (string doc, ClientContext client, DocumentStore store) =>
            {
                Visitor.Of(client);
                await store.RunAsync(() => PadRules.Document(store, doc));
                return true;
            })
            .OnPublish(async (string doc, CursorMessage cursor, ClientContext client) =>
            {
                var visitor = Visitor.WithKey(client);
                visitor.Take(Point);
                var valid = PadRules.Cursor(cursor, visitor);

                // A subscriber's document exists: cursors do not wait for the disk, as pushes do.
                return await client.ReadSubscriptionAsync($"cursors:{doc}") is null
                    ? throw new ClientException(403, "Subscribe to the cursors of the document first.")
                    : PublishDecision.Allow(valid);
            });

        hub.MapChannel("pads:all").OnSubscribe(static (ClientContext client) =>
        {
            Visitor.Of(client);
            return true;
        });
    }

    private static void MapDocuments(DuplexEndpointConventionBuilder hub)
    {
        hub.MapRpc("pad.create", async (CreateParams create, ClientContext client, DocumentStore store, DocumentList list, TimeProvider time) =>
        {
            var (author, title) = (Visitor.WithKey(client), PadRules.Title(create.Title));
            author.Take(Create);
            var key = create.IsOpen == false ? SecretId.New() : null;
            var document = new Document(SecretId.New(), title, key, time.GetUtcNow().ToUnixTimeMilliseconds(), 0, "");
            if (await store.RunAsync(() => store.Create(document)) is { } removed) list.Touch(removed);
            list.Touch(document.Id);
            return new CreatedResult(document.Id, key);
        });

        hub.MapRpc("pad.rename", async (RenameDocumentParams rename, ClientContext client, DocumentStore store, DocumentList list, IHub channels) =>
        {
            var (author, title) = (Visitor.WithKey(client), PadRules.Title(rename.Title));
            author.Take(Act.Sign);
            await await store.RunAsync(() =>
            {
                var document = PadRules.WritableBy(rename.Key, PadRules.Document(store, rename.Doc));
                if (document.Id == Welcome.Id) throw new ClientException(403, "The welcome document keeps its title.");
                store.Rename(document, title);
                list.Touch(document.Id);
                return store.FollowAsync(async () => await channels.PublishAsync(ChannelOf(document.Id), new TitleEvent(title), WithoutHistory));
            });
            return new TitleEvent(title);
        });

        hub.MapRpc("pad.history", async (PadHistoryParams history, ClientContext client, DocumentStore store) =>
        {
            Visitor.Of(client).Take(ReadHistory);
            return await store.RunAsync(() => PartOf(PadRules.Document(store, history.Doc), history.From, store));
        });
    }

    private static PadHistoryResult PartOf(Document document, long? wanted, DocumentStore store)
    {
        var begin = store.Base(document.Id);
        var isContinued = wanted >= begin.Version;
        var from = isContinued ? wanted!.Value : begin.Version;
        var pushes = store.Since(document, from, PadRules.MaxHistoryPushes) ?? throw new ClientException(400, "from must be the version at which a part of the history ends.");
        var size = 0;
        var part = pushes.TakeWhile(signed => (size += signed.Push.Size) <= PadRules.MaxHistorySize || signed == pushes[0]).ToList();
        return new(from, isContinued ? null : begin.Text, part, More: (part is [.., var last] ? last.Push.End : from) < document.Version);
    }

    private static async Task<PushedResult> PushAsync(
        PushParams sent, ClientContext client, DocumentStore store, DocumentList list, IHub channels, TimeProvider time, IOptions<PadOptions> options)
    {
        var author = Visitor.WithKey(client);
        author.Take(Change);
        var push = PadRules.Push(sent, author.User);
        if (push.Inserted is > 0 and var inserted) author.Take(Insert, inserted);
        var (version, published) = await store.RunAsync(() =>
        {
            var document = PadRules.WritableBy(sent.Key, PadRules.Document(store, sent.Doc));
            var rebased = PadRules.Rebased(push, document, store);
            if (rebased.Updates.Count == 0) return (rebased.Version, Task.CompletedTask);
            var text = PadRules.Applied(rebased, document, options.Value.MaxLength);
            store.Append(document, new(rebased, author.User, author.Name, time.GetUtcNow().ToUnixTimeMilliseconds()), text);
            list.Touch(document.Id);
            return (rebased.End, store.FollowAsync(async () => await channels.PublishAsync(ChannelOf(document.Id), rebased)));
        });
        await published;
        return new(version);
    }

    private static DocumentData DataOf(DocumentStore store, Document document, JoinData? join, Visitor visitor)
    {
        var pushes = join?.Have is { } have ? store.Since(document, have) : null;
        var size = pushes?.Sum(static signed => signed.Push.Size) ?? 0;

        // A page without changes of its own needs the text alone, which is shorter than many updates.
        var limit = join?.Unsent == true ? PadRules.MaxCatchUpSize : Math.Max(document.Text.Length, PadRules.MinCatchUpSize);
        var hasPushes = pushes is not null && size <= limit;
        return new(
            document.Title, document.IsOpen, visitor.User.Length > 0 && PadRules.MayWrite(join?.Key, document), document.Version, TextHash.Of(document.Text),
            hasPushes ? null : document.Text, hasPushes ? [.. pushes!.Select(static signed => signed.Push)] : null);
    }
}

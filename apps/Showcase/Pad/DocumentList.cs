using System.Collections.Concurrent;
using Duplex.Messaging;
using Microsoft.Extensions.Options;
using Showcase.Pad.Changes;
using Showcase.Pad.Documents;

namespace Showcase.Pad;

/// <summary>Publishes the list of open documents with the people in them, and restores the welcome document.</summary>
internal sealed class DocumentList(DocumentStore store, IHub hub, IOptions<PadOptions> options, TimeProvider time, ILogger<DocumentList> logger) : BackgroundService
{
    private const string Channel = "pads:all";
    private const int MaxNames = 8;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, bool> _touched = [];

    /// <summary>Has the entry of a document published again, at most once a second.</summary>
    public void Touch(string id) => _touched[id] = true;

    /// <summary>Creates the welcome document when it is missing, and lists what is stored.</summary>
    public void Load()
    {
        if (store.Find(Welcome.Id) is null) store.Create(new(Welcome.Id, Welcome.Title, null, Now, 0, Welcome.Text));
        store.Commit();
        store.Ids().ForEach(Touch);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var restored = time.GetTimestamp();
        using var timer = new PeriodicTimer(Interval, time);
        while (true)
        {
            try
            {
                foreach (var id in _touched.Keys)
                    if (_touched.TryRemove(id, out _)) await PublishAsync(id, stoppingToken);
                if (time.GetElapsedTime(restored) >= options.Value.WelcomeInterval)
                {
                    restored = time.GetTimestamp();
                    await RestoreAsync(stoppingToken);
                }

                await timer.WaitForNextTickAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.ListFailed(exception);
            }
        }
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task PublishAsync(string id, CancellationToken cancellationToken)
    {
        var document = await store.RunAsync(() => store.Find(id), cancellationToken);
        if (document is not { IsOpen: true })
        {
            await hub.Maps.RemoveAsync(Channel, id, cancellationToken: cancellationToken);
            return;
        }

        var people = await hub.Channels.ReadPresenceAsync(PadEndpoints.ChannelOf(id), cancellationToken);
        var names = people.Values.DistinctBy(static person => person.User).Select(PadEndpoints.NameOf).Order(StringComparer.Ordinal).ToList();
        await hub.Maps.PublishAsync(
            Channel, id, new ListedDocument(document.Title, document.Text.Length, document.Changed, names.Count, [.. names.Take(MaxNames)]),
            new() { Score = document.Changed }, cancellationToken);
    }

    private async Task RestoreAsync(CancellationToken cancellationToken) => await await store.RunAsync(
        () =>
        {
            if (store.Find(Welcome.Id) is not { } document || document.Text == Welcome.Text) return Task.CompletedTask;
            var change = ChangeSet.Replace(document.Text.Length, 0, document.Text.Length, Welcome.Text);
            var push = new Push(document.Version, "server", document.Version, [change]);
            store.Append(document, new(push, "", "Duplex", Now), Welcome.Text);
            Touch(Welcome.Id);
            return store.FollowAsync(async () => await hub.PublishAsync(PadEndpoints.ChannelOf(Welcome.Id), push, cancellationToken: cancellationToken));
        },
        cancellationToken);
}

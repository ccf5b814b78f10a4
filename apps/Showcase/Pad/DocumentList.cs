using System.Collections.Concurrent;
using Duplex.Messaging;
using Microsoft.Extensions.Options;
using Showcase.Pad.Changes;
using Showcase.Pad.Documents;

namespace Showcase.Pad;

/// <summary>Publishes the list of open documents with the people in them, and restores the welcome document.</summary>
internal sealed class DocumentList(DocumentStore store, IHub hub, IOptions<PadOptions> options, TimeProvider time, ILogger<DocumentList> logger) : BackgroundService
{
    /// <summary>The channel of the list.</summary>
    public const string Channel = "pads:all";

    private const int MaxNames = 8;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, bool> _touched = [];

    /// <summary>Has the entry of a document published again, at most once a second.</summary>
    public void Touch(string id) => _touched[id] = true;

    /// <summary>Creates the welcome document when it is missing.</summary>
    public void EnsureWelcome()
    {
        if (store.Find(Welcome.Id) is null) store.Create(new(Welcome.Id, Welcome.Title, null, 0, Welcome.Text, Now));
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await PublishListAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A start that fails disposes the service without a stop of the host, which would log the cancellation as a fault.
        }
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task PublishListAsync(CancellationToken cancellationToken)
    {
        using (await store.Turns.TakeAsync(cancellationToken))
        {
            foreach (var id in store.Ids()) Touch(id);
        }

        var restoreAt = time.GetTimestamp();
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                foreach (var id in _touched.Keys)
                    if (_touched.TryRemove(id, out _)) await PublishAsync(id, cancellationToken);
                if (time.GetElapsedTime(restoreAt) < options.Value.WelcomeInterval) continue;
                restoreAt = time.GetTimestamp();
                await RestoreAsync(cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.ListFailed(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private async Task PublishAsync(string id, CancellationToken cancellationToken)
    {
        Document? document;
        using (await store.Turns.TakeAsync(cancellationToken)) document = store.Find(id);
        if (document is not { IsOpen: true })
        {
            await hub.Maps.RemoveAsync(Channel, id, cancellationToken: cancellationToken);
        }
        else
        {
            var people = await hub.Channels.ReadPresenceAsync(PadEndpoints.ChannelOf(id), cancellationToken);
            var names = people.Values.DistinctBy(static person => person.User).Select(PadEndpoints.NameOf).Order(StringComparer.Ordinal).ToList();
            await hub.Maps.PublishAsync(
                Channel, id, new ListedDocument(document.Title, document.Text.Length, document.Changed, names.Count, [.. names.Take(MaxNames)]),
                new() { Score = document.Changed }, cancellationToken);
        }
    }

    private async Task RestoreAsync(CancellationToken cancellationToken)
    {
        using var turn = await store.Turns.TakeAsync(cancellationToken);
        if (store.Find(Welcome.Id) is not { } document || document.Text == Welcome.Text) return;
        var change = ChangeSet.Replace(document.Text.Length, 0, document.Text.Length, Welcome.Text);
        var push = new Push(document.Version, "server", document.Version, [change]);
        store.Append(document, new(push, "", "Duplex", Now), Welcome.Text);
        await hub.PublishAsync(PadEndpoints.ChannelOf(Welcome.Id), push, cancellationToken: cancellationToken);
        Touch(Welcome.Id);
    }
}

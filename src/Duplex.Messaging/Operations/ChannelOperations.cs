using System.IO.Enumeration;
using Duplex.Messaging.Brokers;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Presence;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Operations;

/// <summary>The server's reads of channels.</summary>
internal sealed class ChannelOperations(
    IBroker broker,
    IPresenceStore presenceStore,
    NamespaceTable namespaces,
    ChannelTable channelTable,
    HubOptions hubOptions) : IHubChannels
{
    public async ValueTask<IReadOnlyDictionary<string, ClientInfo>> ReadPresenceAsync(string channel, CancellationToken cancellationToken = default)
    {
        EnsurePresence(channel);
        cancellationToken.ThrowIfCancellationRequested();
        return await presenceStore.ReadAsync(channel, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<PresenceStats> CountPresenceAsync(string channel, CancellationToken cancellationToken = default)
    {
        EnsurePresence(channel);
        cancellationToken.ThrowIfCancellationRequested();
        return await presenceStore.CountAsync(channel, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<HistoryPage> ReadHistoryAsync(
        string channel, int? limit = null, StreamPosition? since = null, bool isReversed = false, CancellationToken cancellationToken = default)
    {
        if (limit is { } given) ArgumentOutOfRangeException.ThrowIfNegative(given, nameof(limit));
        var stream = StreamOf(channel);
        if (isReversed && since is { Offset: 0 }) throw new ClientException(ClientErrors.BadRequest);
        cancellationToken.ThrowIfCancellationRequested();
        var max = hubOptions.MaxHistoryPublications;
        var query = new HistoryQuery(Math.Min(limit ?? max, max), since, isReversed);
        var page = await broker.ReadHistoryAsync(channel, query, stream, cancellationToken).ConfigureAwait(false);
        return since is { Epoch.Length: > 0 } position && position.Epoch != page.Position.Epoch
            ? throw new ClientException(ClientErrors.UnrecoverablePosition)
            : page;
    }

    public async ValueTask RemoveHistoryAsync(string channel, CancellationToken cancellationToken = default)
    {
        StreamOf(channel);
        cancellationToken.ThrowIfCancellationRequested();
        await broker.RemoveHistoryAsync(channel, cancellationToken).ConfigureAwait(false);
    }

    public IReadOnlyDictionary<string, int> List(string? pattern = null) => Matching(pattern)
        .Where(static channel => channel.Subscribers > 0)
        .ToDictionary(static channel => channel.Name, static channel => channel.Subscribers, StringComparer.Ordinal);

    private IEnumerable<HubChannel> Matching(string? pattern)
    {
        if (pattern is null) return channelTable.All;

        // Without a special character, of which the backslash escapes the others, the pattern is a name.
        if (pattern.AsSpan().ContainsAny('*', '?', '\\'))
            return channelTable.All.Where(channel => FileSystemName.MatchesSimpleExpression(pattern, channel.Name, ignoreCase: false));
        return channelTable.Find(pattern) is { } found ? [found] : [];
    }

    private StreamOptions StreamOf(string channel)
    {
        var stream = NamespaceOf(channel).Stream;
        return stream.IsKept ? stream : throw new ClientException(ClientErrors.NotAvailable);
    }

    private void EnsurePresence(string channel)
    {
        if (!NamespaceOf(channel).Options.Presence) throw new ClientException(ClientErrors.NotAvailable);
    }

    private ChannelNamespace NamespaceOf(string channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        var found = namespaces.Find(channel);
        return found.IsSuccess ? found.Value : throw new ClientException(found.Error!);
    }
}

using Duplex.Messaging.Clients;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Brokers;

/// <summary>A broker for one node, in memory: its histories are lost when the process ends. Every call completes synchronously.</summary>
/// <remarks>
/// Reading creates no state: a channel that never had a publication has the epoch of its name and no entry. The entries
/// of a namespace are bounded in number (<see cref="StreamOptions.MaxChannels"/>); dropping one ends its epoch.
/// Lifetimes are measured by the monotonic clock, independent of the wall clock.
/// </remarks>
/// <param name="time">The clock by which publications, streams and keys expire.</param>
public sealed class MemoryBroker(TimeProvider time) : IBroker, IDisposable
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(10);

    private readonly BrokerEntries<StreamEntry> _streams = new();
    private readonly HubClock _clock = new(time);
    private readonly PublishGuard _guard = new(time);
    private readonly BrokerAttachment<IBrokerReceiver> _attachment = new(time, SweepInterval);

    internal int StreamCount => _streams.Count;

    private IBrokerReceiver Receiver => _attachment.Receiver;

    /// <inheritdoc/>
    public void Attach(IBrokerReceiver receiver) => _attachment.Attach(receiver, Sweep);

    /// <inheritdoc/>
    public ValueTask SubscribeAsync(string channel, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled(cancellationToken) : default;

    /// <inheritdoc/>
    public ValueTask UnsubscribeAsync(string channel, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled(cancellationToken) : default;

    /// <inheritdoc/>
    public ValueTask<PublishResult> PublishAsync(
        string channel, Publication publication, StreamOptions stream, PublishOptions options, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<PublishResult>(cancellationToken);
        if (options.IdempotencyKey is null && options.Version == 0) return new(Publish(channel, publication, stream, options));

        lock (_guard.Gate)
        {
            if (_guard.FindEarlier(channel, options) is { } earlier) return new(earlier with { IsSuppressed = true });
            if (_guard.IsOutdated(channel, options))
            {
                return new(new PublishResult(stream.IsKept ? Read(channel, HistoryQuery.PositionOnly, stream).Position : default, true));
            }

            var result = Publish(channel, publication, stream, options);
            _guard.Remember(channel, options, result, stream.MetaTtl);
            return new(result);
        }
    }

    /// <inheritdoc/>
    public ValueTask<HistoryPage> ReadHistoryAsync(string channel, HistoryQuery query, StreamOptions stream, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<HistoryPage>(cancellationToken) : new(Read(channel, query, stream));

    /// <inheritdoc/>
    public ValueTask RemoveHistoryAsync(string channel, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled(cancellationToken);
        if (_streams.TryFind(channel, out var entry))
        {
            lock (entry.Gate) _streams.Remove(entry);
        }

        return default;
    }

    /// <inheritdoc/>
    public ValueTask PublishJoinAsync(string channel, ClientInfo info, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled(cancellationToken);
        Receiver.OnJoin(channel, info);
        return default;
    }

    /// <inheritdoc/>
    public ValueTask PublishLeaveAsync(string channel, ClientInfo info, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled(cancellationToken);
        Receiver.OnLeave(channel, info);
        return default;
    }

    /// <summary>Stops the timer that drops expired entries.</summary>
    public void Dispose() => _attachment.Dispose();

    private PublishResult Publish(string channel, Publication publication, StreamOptions stream, PublishOptions options)
    {
        if (!stream.IsKept || options.SkipHistory)
        {
            Receiver.OnPublication(channel, publication, previous: null, epoch: "");
            return default;
        }

        while (true)
        {
            var entry = _streams.TryFind(channel, out var found) ? found : Add(channel, stream);
            lock (entry.Gate)
            {
                if (entry.IsRemoved) continue;
                var now = _clock.Now;
                entry.Touch(stream, now);
                var log = entry.Log(_streams);
                var previous = log.Latest;
                var appended = log.Append(publication, stream.Size, now);
                _streams.ScheduleVisit(entry, entry.DueAt);

                // The receiver is called under the lock, so that it receives the publications of a channel in the order of their offsets.
                Receiver.OnPublication(channel, appended, previous, log.Epoch);
                return new PublishResult(log.Position);
            }
        }
    }

    private StreamEntry Add(string channel, StreamOptions stream)
    {
        var entry = _streams.Add(new StreamEntry(channel, stream) { UsedAt = _clock.Now });
        if (_streams.CountOf(stream.Namespace) <= stream.MaxChannels) return entry;
        if (_streams.FindOldest(stream.Namespace, emptyOnly: false, except: entry) is { } oldest)
        {
            lock (oldest.Gate) _streams.Remove(oldest);
        }

        return entry;
    }

    private HistoryPage Read(string channel, HistoryQuery query, StreamOptions stream)
    {
        while (_streams.TryFind(channel, out var entry))
        {
            lock (entry.Gate)
            {
                if (entry.IsRemoved) continue;
                entry.Touch(stream, _clock.Now);
                var log = entry.Log(_streams);
                return new HistoryPage(log.Read(query), log.Position);
            }
        }

        return new HistoryPage([], new(0, _streams.BlankEpoch(channel)));
    }

    private void Sweep()
    {
        var now = _clock.Now;
        _streams.Sweep(now, entry =>
        {
            entry.DropExpired(now);
            if (entry.IsForgotten(now)) _streams.Remove(entry);
            return entry.DueAt;
        });
        _guard.DropExpired();
    }
}

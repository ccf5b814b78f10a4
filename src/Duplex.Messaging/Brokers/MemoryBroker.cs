using System.Collections.Concurrent;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Brokers;

/// <summary>A broker for one node, in memory: what it keeps is gone when the process ends. Every call completes at once.</summary>
/// <param name="time">The clock of publications and of what expires.</param>
public sealed class MemoryBroker(TimeProvider time) : IBroker, IDisposable
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, PublicationLog> _logs = new(StringComparer.Ordinal);
    private readonly PublishGuard _guard = new(time);
    private readonly BrokerAttachment<IBrokerReceiver> _attachment = new(time, SweepInterval);

    private IBrokerReceiver Receiver => _attachment.Receiver;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <inheritdoc/>
    public void Attach(IBrokerReceiver receiver) => _attachment.Attach(receiver, Sweep);

    /// <inheritdoc/>
    public ValueTask SubscribeAsync(string channel) => default;

    /// <inheritdoc/>
    public ValueTask UnsubscribeAsync(string channel) => default;

    /// <inheritdoc/>
    public ValueTask<PublishResult> PublishAsync(
        string channel, Publication publication, StreamOptions stream, PublishOptions options)
    {
        if (options.IdempotencyKey is null && options.Version == 0) return new(Publish(channel, publication, stream, options));

        lock (_guard.Gate)
        {
            if (_guard.FindEarlier(channel, options) is { } earlier) return new(earlier with { IsSuppressed = true });
            if (_guard.IsOutdated(channel, options))
            {
                return new(new PublishResult(stream.IsKept ? Read(channel, default, stream).Position : default, true));
            }

            var result = Publish(channel, publication, stream, options);
            _guard.Remember(channel, options, result, stream.MetaTtl);
            return new(result);
        }
    }

    /// <inheritdoc/>
    public ValueTask<HistoryPage> ReadHistoryAsync(string channel, HistoryQuery query, StreamOptions stream) =>
        new(Read(channel, query, stream));

    /// <inheritdoc/>
    public ValueTask RemoveHistoryAsync(string channel)
    {
        if (_logs.TryGetValue(channel, out var log))
        {
            lock (log.Gate) Remove(channel, log);
        }

        return default;
    }

    /// <inheritdoc/>
    public ValueTask PublishJoinAsync(string channel, ClientInfo info)
    {
        Receiver.OnJoin(channel, info);
        return default;
    }

    /// <inheritdoc/>
    public ValueTask PublishLeaveAsync(string channel, ClientInfo info)
    {
        Receiver.OnLeave(channel, info);
        return default;
    }

    /// <summary>Stops the clock that drops what has expired.</summary>
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
            var log = _logs.GetOrAdd(channel, static _ => new PublicationLog());
            lock (log.Gate)
            {
                if (log.IsRemoved) continue;
                Touch(log, stream);
                var previous = log.Latest;
                var appended = log.Append(publication, stream.Size);

                // Under the lock, so that the receiver sees the channel in the order of its offsets.
                Receiver.OnPublication(channel, appended, previous, log.Epoch);
                return new PublishResult(log.Position);
            }
        }
    }

    private HistoryPage Read(string channel, HistoryQuery query, StreamOptions stream)
    {
        while (true)
        {
            var log = _logs.GetOrAdd(channel, static _ => new PublicationLog());
            lock (log.Gate)
            {
                if (log.IsRemoved) continue;
                Touch(log, stream);
                return new HistoryPage(log.Read(query), log.Position);
            }
        }
    }

    private void Touch(PublicationLog log, StreamOptions stream)
    {
        log.UsedAt = Now;
        log.Ttl = stream.Ttl;
        log.MetaTtl = stream.MetaTtl;
        log.DropExpired(log.UsedAt);
    }

    private void Sweep()
    {
        var now = Now;
        foreach (var (channel, log) in _logs)
        {
            lock (log.Gate)
            {
                log.DropExpired(now);
                if (now - log.UsedAt >= log.MetaTtl.TotalMilliseconds) Remove(channel, log);
            }
        }

        _guard.DropExpired();
    }

    private void Remove(string channel, PublicationLog log)
    {
        log.IsRemoved = true;
        _logs.TryRemove(new KeyValuePair<string, PublicationLog>(channel, log));
    }
}

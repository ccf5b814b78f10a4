using System.Diagnostics.Metrics;
using Duplex.Messaging.Codes;

namespace Duplex.Messaging;

/// <summary>What the hub counts, as the meter <c>Duplex.Messaging</c>. Safe from any thread.</summary>
internal sealed class HubMetrics
{
    private const string MeterName = "Duplex.Messaging";
    private const string PublicationsName = "duplex.publications";
    private const string DropsName = "duplex.drops";
    private const string DisconnectsName = "duplex.disconnects";
    private const string QueuedName = "duplex.queued";

    private readonly Counter<long> _publications;
    private readonly Counter<long> _drops;
    private readonly Counter<long> _disconnects;
    private readonly UpDownCounter<long> _queuedBytes;

    // Instruments cannot be read back, so what they were told is summed here too.
    private long _published;
    private long _dropped;
    private long _ended;
    private long _queued;

    public HubMetrics(Hub hub, IMeterFactory? factory)
    {
        var meter = factory?.Create(MeterName) ?? new Meter(MeterName);
        _publications = meter.CreateCounter<long>(PublicationsName, "{publication}", "Publications of this node, with and without subscribers");
        _drops = meter.CreateCounter<long>(DropsName, "{publication}", "Publications that clients did not get, because they are slow or speak JSON alone, by namespace");
        _disconnects = meter.CreateCounter<long>(DisconnectsName, "{client}", "Ended connections, by code");
        _queuedBytes = meter.CreateUpDownCounter<long>(QueuedName, "By", "Bytes kept for clients that read too slowly");
        meter.CreateObservableGauge("duplex.clients", () => hub.Clients.Count, "{client}", "Connected clients");
        meter.CreateObservableGauge("duplex.channels", () => hub.Channels.Count, "{channel}", "Channels with subscribers");
    }

    /// <summary>The sums since the start.</summary>
    public IReadOnlyDictionary<string, double> Sums => new Dictionary<string, double>(StringComparer.Ordinal)
    {
        [PublicationsName] = Volatile.Read(ref _published),
        [DropsName] = Volatile.Read(ref _dropped),
        [DisconnectsName] = Volatile.Read(ref _ended),
        [QueuedName] = Volatile.Read(ref _queued),
    };

    public void Published()
    {
        Interlocked.Increment(ref _published);
        Add(_publications, 1);
    }

    public void Dropped(string ns)
    {
        Interlocked.Increment(ref _dropped);
        Add(_drops, 1, new("namespace", ns));
    }

    public void Ended(Disconnect disconnect)
    {
        Interlocked.Increment(ref _ended);
        Add(_disconnects, 1, new("code", (int)disconnect.Code));
    }

    public void Queued(long bytes)
    {
        Interlocked.Add(ref _queued, bytes);
        Add(_queuedBytes, bytes);
    }

    // Listeners are the application's: one that throws keeps no publication from its subscribers.
    private static void Add(Counter<long> counter, long delta)
    {
        try
        {
            counter.Add(delta);
        }
        catch (Exception)
        {
            // The sum is kept all the same.
        }
    }

    private static void Add(Counter<long> counter, long delta, KeyValuePair<string, object?> tag)
    {
        try
        {
            counter.Add(delta, tag);
        }
        catch (Exception)
        {
            // As above.
        }
    }

    private static void Add(UpDownCounter<long> counter, long delta)
    {
        try
        {
            counter.Add(delta);
        }
        catch (Exception)
        {
            // As above.
        }
    }
}

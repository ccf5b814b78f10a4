using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;

namespace Duplex.Messaging.Reporting;

/// <summary>
/// The instruments of the meter <c>Duplex.Messaging</c>, listed in docs/guides/monitoring.md. An instrument without a
/// listener costs a comparison; an exception of a listener affects neither the client nor the sums. Safe from any thread.
/// </summary>
internal sealed class HubMetrics
{
    public const string MeterName = "Duplex.Messaging";
    public const string MethodTag = "duplex.command.method";
    public const string HandlerTag = "duplex.handler.type";
    public const string NamespaceTag = "duplex.channel.namespace";
    public const string DisconnectTag = "duplex.disconnect.code";

    // OpenTelemetry's general attribute: absent where an operation succeeded.
    public const string ErrorTag = "error.type";

    private const string PublicationsName = "duplex.hub.publications";
    private const string DropsName = "duplex.hub.dropped_publications";
    private const string EndsName = "duplex.hub.ended_clients";
    private const string QueueName = "duplex.hub.queue.size";

    // Commands that stay in memory take microseconds; those that wait for a backend take up to the time limit of handlers.
    private static readonly InstrumentAdvice<double> Buckets = new()
    {
        HistogramBucketBoundaries = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    };

    // Attribute values of codes are created once each, so that counting allocates nothing.
    private const uint MaxKnownCode = 4999;
    private static readonly ConcurrentDictionary<uint, string> Codes = new();

    private readonly Meter _meter;
    private readonly Counter<long> _publications;
    private readonly Counter<long> _deliveries;
    private readonly Counter<long> _drops;
    private readonly Counter<long> _ends;
    private readonly Counter<long> _refusals;
    private readonly UpDownCounter<long> _queueSize;
    private readonly Histogram<double> _commands;
    private readonly Histogram<double> _handlers;
    private readonly Counter<long> _timeouts;
    private readonly UpDownCounter<long> _abandoned;

    // Instruments cannot be read back, so the sums that IHub.Describe returns are kept here.
    private long _published;
    private long _dropped;
    private long _ended;
    private long _queued;

    public HubMetrics(IMeterFactory? factory)
    {
        var meter = _meter = factory?.Create(MeterName) ?? new Meter(MeterName);
        _publications = meter.CreateCounter<long>(PublicationsName, "{publication}", "Publications that reached this node, with and without subscribers.");
        _deliveries = meter.CreateCounter<long>("duplex.hub.deliveries", "{delivery}", "Publications delivered, one for each subscription.");
        _drops = meter.CreateCounter<long>(DropsName, "{publication}", "Publications dropped for a client, because it is slow or its encoding cannot carry them.");
        _ends = meter.CreateCounter<long>(EndsName, "{client}", "Clients whose connection ended, by code.");
        _refusals = meter.CreateCounter<long>("duplex.hub.refused_commands", "{command}", "Commands of clients that were refused, by method and code.");
        _queueSize = meter.CreateUpDownCounter<long>(QueueName, "By", "Bytes queued for clients that read too slowly.");
        _commands = meter.CreateHistogram("duplex.hub.command.duration", "s", "Duration of clients' commands, from reading to reply.", tags: null, Buckets);
        _handlers = meter.CreateHistogram("duplex.hub.handler.duration", "s", "Duration of the application's handlers.", tags: null, Buckets);
        _timeouts = meter.CreateCounter<long>("duplex.hub.handler.timeouts", "{handler}", "Handlers that did not return within the time limit.");
        _abandoned = meter.CreateUpDownCounter<long>("duplex.hub.abandoned_handlers", "{handler}", "Handlers that still run after their time limit.");
    }

    /// <summary>The sums since the start, by instrument name.</summary>
    public IReadOnlyDictionary<string, double> Sums => new Dictionary<string, double>(StringComparer.Ordinal)
    {
        [PublicationsName] = Volatile.Read(ref _published),
        [DropsName] = Volatile.Read(ref _dropped),
        [EndsName] = Volatile.Read(ref _ended),
        [QueueName] = Volatile.Read(ref _queued),
    };

    /// <summary>Whether a listener collects the duration of commands.</summary>
    public bool MeasuresCommands => _commands.Enabled;

    /// <summary>Whether a listener collects the duration of handlers.</summary>
    public bool MeasuresHandlers => _handlers.Enabled;

    /// <summary>The attribute value of a code.</summary>
    public static string TextOf(uint code) => code <= MaxKnownCode
        ? Codes.GetOrAdd(code, static code => code.ToString(CultureInfo.InvariantCulture))
        : code.ToString(CultureInfo.InvariantCulture);

    /// <summary>Registers the observable instruments for the number of clients and channels.</summary>
    public void Observe(ClientTable clients, ChannelTable channels)
    {
        _meter.CreateObservableUpDownCounter("duplex.hub.active_clients", () => clients.Count, "{client}", "Clients that are connected.");
        _meter.CreateObservableUpDownCounter("duplex.hub.active_channels", () => channels.Count, "{channel}", "Channels that have subscribers.");
    }

    /// <summary>Counts a publication.</summary>
    public void Published()
    {
        Interlocked.Increment(ref _published);
        Add(_publications, 1);
    }

    /// <summary>Counts the subscriptions of one shard to which a publication was delivered.</summary>
    public void Delivered(int subscriptions)
    {
        if (_deliveries.Enabled) Add(_deliveries, subscriptions);
    }

    /// <summary>Counts a publication that is dropped for a client.</summary>
    public void Dropped(string ns)
    {
        Interlocked.Increment(ref _dropped);
        Add(_drops, 1, new KeyValuePair<string, object?>(NamespaceTag, ns));
    }

    /// <summary>Counts the end of a client.</summary>
    public void Ended(Disconnect disconnect)
    {
        Interlocked.Increment(ref _ended);
        if (_ends.Enabled) Add(_ends, 1, new KeyValuePair<string, object?>(DisconnectTag, TextOf(disconnect.Code)));
    }

    /// <summary>Counts a refused command.</summary>
    public void Refused(string method, uint code)
    {
        if (_refusals.Enabled) Add(_refusals, 1, new KeyValuePair<string, object?>(MethodTag, method), new KeyValuePair<string, object?>(ErrorTag, TextOf(code)));
    }

    /// <summary>Records the duration of a command.</summary>
    /// <param name="method">The command's name.</param>
    /// <param name="start">The timestamp of its start, from <see cref="Stopwatch"/>.</param>
    /// <param name="error">The code of the refusal; null when the command succeeded.</param>
    public void CommandEnded(string method, long start, string? error) => Record(_commands, start, new(MethodTag, method), error);

    /// <summary>Records the duration of a handler.</summary>
    /// <param name="type">The kind of the handler.</param>
    /// <param name="start">The timestamp of its start, from <see cref="Stopwatch"/>.</param>
    /// <param name="error">The code that the handler returned; null when it succeeded.</param>
    public void HandlerEnded(string type, long start, string? error) => Record(_handlers, start, new(HandlerTag, type), error);

    /// <summary>Counts a handler that exceeded the time limit and may still run.</summary>
    public void HandlerAbandoned(string type)
    {
        Add(_timeouts, 1, new KeyValuePair<string, object?>(HandlerTag, type));
        AddAbandoned(type, 1);
    }

    /// <summary>Counts the return of a handler that had exceeded the time limit.</summary>
    public void AbandonedHandlerEnded(string type) => AddAbandoned(type, -1);

    /// <summary>Adds to the number of bytes queued for slow clients.</summary>
    public void Queued(long bytes)
    {
        Interlocked.Add(ref _queued, bytes);
        try
        {
            _queueSize.Add(bytes);
        }
        catch (Exception)
        {
            // The sum is maintained regardless of the listener's failure.
        }
    }

    private void AddAbandoned(string type, long delta)
    {
        try
        {
            _abandoned.Add(delta, new KeyValuePair<string, object?>(HandlerTag, type));
        }
        catch (Exception)
        {
            // As in the counters.
        }
    }

    // Listeners belong to the application: the exception of one must not affect delivery.
    private static void Add(Counter<long> counter, long delta, params ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        try
        {
            counter.Add(delta, tags);
        }
        catch (Exception)
        {
            // The sum is maintained regardless of the listener's failure.
        }
    }

    private static void Record(Histogram<double> histogram, long start, KeyValuePair<string, object?> tag, string? error)
    {
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        try
        {
            if (error is null) histogram.Record(seconds, tag);
            else histogram.Record(seconds, tag, new KeyValuePair<string, object?>(ErrorTag, error));
        }
        catch (Exception)
        {
            // Only the measurement is lost.
        }
    }
}
